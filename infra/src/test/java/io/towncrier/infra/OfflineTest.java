package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** All templates are made by a Node that ends when it wants the network, and has no credentials. */
final class OfflineTest {
  private static final int REFUSED = 97;

  @Test
  void aNodeThatWantsTheNetworkEnds() throws IOException, InterruptedException {
    Process node =
        new ProcessBuilder("node", "-e", "require('node:net').connect(443, 'example.com')")
            .redirectErrorStream(true)
            .start();
    node.getInputStream().readAllBytes();

    assertThat(node.waitFor()).isEqualTo(REFUSED);
  }

  @Test
  void thereAreNoCredentials() {
    assertThat(System.getenv())
        .doesNotContainKeys("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_PROFILE")
        .containsEntry("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
  }

  @Test
  void theTemplatesAreMadeNonetheless() throws IOException {
    assertThat(Synthesized.all()).hasSize(6);
    assertThat(Files.readString(Synthesized.OUT.resolve("manifest.json"))).contains("aws://");
  }
}
