package io.towncrier.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.quarkus.logging.json.runtime.JsonFormatter;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.towncrier.platform.aws.AwsConfig;
import io.towncrier.platform.rest.body.StrictJson;
import io.towncrier.platform.tracing.TracingConfig;
import io.towncrier.updates.UpdatesConfig;
import io.towncrier.updates.published.SnapshotConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Objects;
import org.jboss.logmanager.LogContext;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** What the container does for the other functions: settings, JSON, logs. */
final class LeanSettings {
  private static final int ABOVE_DEFAULT = 200;
  // As Quarkus has it: application.properties 250, environment 300.
  private static final int BELOW_ENVIRONMENT = 250;

  private LeanSettings() {}

  /** From the environment, by the names that all functions have. */
  static SmallRyeConfig config() {
    return new SmallRyeConfigBuilder()
        .addDefaultSources()
        .addDefaultInterceptors()
        .withSources(ownDefaults())
        .withProfile("lambda")
        .withConverter(Duration.class, ABOVE_DEFAULT, new DurationConverter())
        .withMapping(UpdatesConfig.class)
        .withMapping(SnapshotConfig.class)
        .withMapping(AwsConfig.class)
        .withMapping(TracingConfig.class)
        .withValidateUnknown(false)
        .build();
  }

  /** What the service sets for itself; the environment counts before it. */
  private static PropertiesConfigSource ownDefaults() {
    try {
      return new PropertiesConfigSource(
          Objects.requireNonNull(LeanSettings.class.getResource("/application.properties")),
          BELOW_ENVIRONMENT);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  static AwsConfig aws(SmallRyeConfig config) {
    return config.getConfigMapping(AwsConfig.class);
  }

  /** As quarkus-jackson and application.properties make it; a test compares what is written. */
  static ObjectMapper json() {
    ObjectMapper mapper =
        JsonMapper.builder()
            .addModules(new Jdk8Module(), new JavaTimeModule())
            .serializationInclusion(JsonInclude.Include.NON_ABSENT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .build();
    new StrictJson().customize(mapper);
    return mapper;
  }

  /** One object a line, as the others (docs/adr/0021). */
  static void logAsJson() {
    Logger root = LogContext.getLogContext().getLogger("");
    for (java.util.logging.Handler handler : root.getHandlers()) {
      root.removeHandler(handler);
    }
    root.addHandler(new ConsoleHandler(new JsonFormatter()));
    root.setLevel(java.util.logging.Level.INFO);
  }
}
