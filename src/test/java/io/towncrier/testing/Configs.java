package io.towncrier.testing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;

/** Settings for tests that need no Quarkus: what is not given has its default. */
public final class Configs {
  private static final int PRIORITY = 100;

  private Configs() {}

  /** As the service reads them: what it sets for itself, and an environment that counts first. */
  public static <T> T ofEnvironment(Class<T> mapping, Map<String, String> environment)
      throws IOException {
    return builder(mapping)
        .addDefaultInterceptors()
        .withSources(
            new PropertiesConfigSource(
                Objects.requireNonNull(Configs.class.getResource("/application.properties")), 250),
            new EnvConfigSource(environment, 300))
        .withValidateUnknown(false)
        .build()
        .getConfigMapping(mapping);
  }

  public static <T> T of(Class<T> mapping, Map<String, String> given) {
    return builder(mapping).withDefaultValues(given).build().getConfigMapping(mapping);
  }

  private static SmallRyeConfigBuilder builder(Class<?> mapping) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withConverter(Duration.class, PRIORITY, new DurationConverter())
        .withConverter(Path.class, PRIORITY, new PathConverter())
        .withMapping(mapping);
  }
}
