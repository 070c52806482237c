package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.junit.jupiter.api.Test;

/** What the Lambda package says of its connections (docs/adr/0019): the proxy is sized by it. */
class LambdaSettingsTest {
  @Test
  void aFunctionKeepsNothingToWriteLater() throws Exception {
    assertThat(settings().getProperty("%lambda.towncrier.devices.gather-seen")).isEqualTo("false");
  }

  @Test
  void aFunctionHasTwoConnectionsAndKeepsNoneForLong() throws Exception {
    Properties settings = settings();
    assertThat(settings.getProperty("%lambda.quarkus.datasource.reactive.max-size")).isEqualTo("2");
    assertThat(settings.getProperty("%lambda.quarkus.datasource.reactive.idle-timeout"))
        .isEqualTo("PT10S");
  }

  private static Properties settings() throws IOException {
    Properties settings = new Properties();
    try (InputStream file =
        Files.newInputStream(Path.of("src/main/resources/application.properties"))) {
      settings.load(file);
    }
    return settings;
  }
}
