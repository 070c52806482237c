package io.towncrier.testing;

import io.quarkus.runtime.configuration.DurationConverter;
import io.quarkus.runtime.configuration.PathConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Settings for tests that need no Quarkus: what is not given has its default. */
public final class Configs {
  private static final int PRIORITY = 100;

  private Configs() {}

  public static <T> T of(Class<T> mapping, Map<String, String> given) {
    return new SmallRyeConfigBuilder()
        .addDiscoveredConverters()
        .withConverter(Duration.class, PRIORITY, new DurationConverter())
        .withConverter(Path.class, PRIORITY, new PathConverter())
        .withDefaultValues(given)
        .withMapping(mapping)
        .build()
        .getConfigMapping(mapping);
  }
}
