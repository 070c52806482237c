package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.delivery.FcmConfig;
import io.towncrier.testing.LoopbackFcm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FcmConnectionTest {
  private static final LoopbackFcm FCM = new LoopbackFcm();

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    FCM.start();
  }

  @AfterAll
  static void stop() {
    FCM.stop();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://fcm.googleapis.com",
        "https://fcm.example.com:8443",
        "http://localhost:9000",
        "http://127.0.0.1:9000",
        "http://[::1]:9000"
      })
  void httpsAnywhereAndPlainHttpToLoopbackAreTaken(String endpoint) {
    try (FcmConnection connection = FcmConnection.of(given(FCM.credentials(), endpoint))) {
      assertThat(connection.description()).contains("towncrier-test");
      assertThat(connection.transport().target("https://fcm.googleapis.com/v1/projects/p/x"))
          .isEqualTo(URI.create(endpoint).resolve("/v1/projects/p/x"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://fcm.googleapis.com",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
        "http://10.0.0.1",
        "ftp://localhost",
        "localhost:9000"
      })
  void plainHttpToElsewhereIsRefused(String endpoint) {
    assertThatThrownBy(() -> FcmConnection.of(given(FCM.credentials(), endpoint)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TOWNCRIER_FCM_ENDPOINT")
        .hasMessageContaining("https");
  }

  @Test
  void anUnsafeTokenUriIsRefusedToo() throws IOException {
    Path file = directory.resolve("account.json");
    Files.writeString(
        file,
        Files.readString(FCM.credentials())
            .replace(FCM.endpoint() + "/token", "http://tokens.example.com/token"));
    assertThatThrownBy(() -> FcmConnection.of(given(file, "https://fcm.googleapis.com")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("token_uri");
  }

  @Test
  void aFileThatIsNoServiceAccountIsRefusedByItsName() throws IOException {
    Path file = directory.resolve("wrong.json");
    Files.writeString(file, "{\"type\":\"nothing\"}");
    for (Path wrong : new Path[] {file, directory.resolve("absent.json")}) {
      assertThatThrownBy(() -> FcmConnection.of(given(wrong, "https://fcm.googleapis.com")))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(wrong.getFileName().toString());
    }
  }

  private static FcmConfig given(Path credentials, String endpoint) {
    return new FcmConfig() {
      @Override
      public Optional<Path> credentials() {
        return Optional.of(credentials);
      }

      @Override
      public URI endpoint() {
        return URI.create(endpoint);
      }

      @Override
      public Duration requestTimeout() {
        return Duration.ofSeconds(2);
      }
    };
  }
}
