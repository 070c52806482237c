package io.towncrier.delivery.fcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.delivery.FcmConfig;
import io.towncrier.testing.Configs;
import io.towncrier.testing.LoopbackFcm;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceAccountTest {
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
    assertThatCode(() -> ServiceAccount.requireSafe("it", URI.create(endpoint)))
        .doesNotThrowAnyException();
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
    assertThatThrownBy(
            () -> ServiceAccount.requireSafe("TOWNCRIER_FCM_ENDPOINT", URI.create(endpoint)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("TOWNCRIER_FCM_ENDPOINT")
        .hasMessageContaining("https");
  }

  @Test
  void aTokenMaySendMessagesAndNothingElse() {
    ServiceAccount account = read(FCM.credentials());
    assertThat(account.project()).isEqualTo("towncrier-test");
    assertThat(account.credentials().getScopes())
        .containsExactly("https://www.googleapis.com/auth/firebase.messaging");
    assertThat(account.toString()).doesNotContain("PRIVATE KEY");
  }

  @Test
  void anotherKeyHasAnotherFingerprint() throws IOException {
    ServiceAccount account = read(FCM.credentials());
    Path file = directory.resolve("rotated.json");
    Files.writeString(
        file,
        Files.readString(FCM.credentials())
            .replaceFirst(
                "\"private_key_id\"\\s*:\\s*\"[^\"]*\"", "\"private_key_id\":\"another\""));
    assertThat(read(file).fingerprint())
        .isNotEqualTo(account.fingerprint())
        .matches("[0-9a-f]{16}");
    assertThat(read(FCM.credentials()).fingerprint()).isEqualTo(account.fingerprint());
  }

  @Test
  void anUnsafeTokenUriIsRefusedToo() throws IOException {
    Path file = directory.resolve("account.json");
    Files.writeString(
        file,
        Files.readString(FCM.credentials())
            .replace(FCM.endpoint() + "/token", "http://tokens.example.com/token"));
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("token_uri");
  }

  @Test
  void aFileThatIsNoServiceAccountIsRefusedByItsName() throws IOException {
    Path file = directory.resolve("wrong.json");
    Files.writeString(file, "{\"type\":\"nothing\"}");
    for (Path wrong : new Path[] {file, directory.resolve("absent.json")}) {
      assertThatThrownBy(() -> read(wrong))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining(wrong.getFileName().toString());
    }
  }

  private static ServiceAccount read(Path file) {
    return ServiceAccount.read(
        file.toString(),
        () -> Files.newInputStream(file),
        () -> new JdkTransport(Configs.of(FcmConfig.class, Map.of())));
  }
}
