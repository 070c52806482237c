package io.towncrier.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Uploads while the packaged server is killed at random moments: each is resumed, or deleted and
 * gone, and nobody is ever served a half. Run by bench/uploads.
 */
@Tag("bench")
class UploadKillsBench {
  private static final int UPLOADS = Integer.getInteger("uploads", 100);
  private static final int LONGEST_MILLIS = 1_500;
  private static final int SIZE = 2 * Parts.BYTES + 1_000_003;

  private final Random random = new Random(Long.getLong("seed", 18L));
  private final AtomicReference<String> served = new AtomicReference<>("");

  @Test
  void anUploadIsResumedOrGoneAndNeverServedHalf() throws Exception {
    TestPostgres postgres = new TestPostgres();
    postgres.start();
    Path data = Files.createTempDirectory("uploads");
    PackagedServer server =
        new PackagedServer(
            postgres.url(),
            Map.of(
                "TOWNCRIER_OPERATOR_TOKEN",
                TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_PUBLIC_URL",
                "https://updates.test",
                "TOWNCRIER_SERVER_ARTIFACTS_EVERY",
                "0.2s",
                "TOWNCRIER_DATA_DIR",
                data.toString()));
    try {
      server.startIfDead();
      ServerClient operator = new ServerClient(server.port());
      operator.product("r1");
      int resumed = 0;
      for (int i = 0; i < UPLOADS; i++) {
        resumed += one(server, operator, i);
      }
      System.out.println(
          "| uploads | killed | resumed and served whole | deleted and gone | served half |\n"
              + "|---|---|---|---|---|\n| %d | %d | %d | %d | 0 |"
                  .formatted(UPLOADS, UPLOADS, resumed, UPLOADS - resumed));
      assertThat(served.get()).isEmpty();
      try (Stream<Path> files = Files.walk(data.resolve("artifacts/uploads"))) {
        assertThat(files.filter(Files::isRegularFile)).isEmpty();
      }
    } finally {
      server.kill();
      postgres.stop();
    }
  }

  /** 1 when it was resumed, and 0 when it was deleted. */
  private int one(PackagedServer server, ServerClient operator, int number) throws Exception {
    UploadedImage image = UploadedImage.random("r" + number + ".img", SIZE);
    CompletableFuture<Void> client =
        CompletableFuture.runAsync(() -> everything(operator, image, number));
    Thread.sleep(random.nextInt(LONGEST_MILLIS));
    look(operator, image);
    server.kill();
    client.join();
    server.startIfDead();
    look(operator, image);
    String id = operator.upload(image);
    if (number % 4 == 3 && release(operator, number).isMissingNode()) {
      operator.call("DELETE", UploadedImage.ARTIFACTS + "/" + id, Map.of());
      assertThat(operator.download(image.path()).statusCode()).isEqualTo(404);
      return 0;
    }
    if (!isPublished(operator, number)) {
      publish(operator, number, id);
    }
    HttpResponse<byte[]> whole = operator.download(image.path());
    assertThat(whole.statusCode()).isEqualTo(200);
    assertThat(whole.body()).isEqualTo(image.bytes());
    return 1;
  }

  private void everything(ServerClient operator, UploadedImage image, int number) {
    try {
      publish(operator, number, operator.upload(image));
      look(operator, image);
    } catch (Exception killed) {
      // As it was to be.
    }
  }

  private static void publish(ServerClient operator, int number, String id) throws Exception {
    JsonNode release = release(operator, number);
    if (release.isMissingNode()) {
      operator.publish("r1", "1." + number, id);
    } else {
      operator.call(
          "POST",
          "/v1/admin/releases/r1:1." + number + "/publish",
          Map.of("revision", release.path("revision").asInt()));
    }
  }

  private static boolean isPublished(ServerClient operator, int number) throws Exception {
    return release(operator, number).path("state").asText().equals("published");
  }

  private static JsonNode release(ServerClient operator, int number) throws Exception {
    for (JsonNode release : operator.get("/v1/admin/releases?product=r1&limit=500").path("items")) {
      if (release.path("version").asText().equals("1." + number)) {
        return release;
      }
    }
    return com.fasterxml.jackson.databind.node.MissingNode.getInstance();
  }

  /** Whatever is served is the whole. */
  private void look(ServerClient operator, UploadedImage image) {
    try {
      HttpResponse<byte[]> answer = operator.download(image.path());
      if (answer.statusCode() == 200 && !java.util.Arrays.equals(answer.body(), image.bytes())) {
        served.set(image.path());
      }
    } catch (Exception away) {
      // It was killed.
    }
  }
}
