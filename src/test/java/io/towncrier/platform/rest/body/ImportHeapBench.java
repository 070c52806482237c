package io.towncrier.platform.rest.body;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How much heap an import needs: documents of growing size, each twice, sent to a packaged server
 * with a small heap. The second time every release is another one, so that the catalogue that is
 * replaced and the one that replaces it are held side by side. The server has to answer meanwhile.
 */
@Tag("bench")
class ImportHeapBench {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MIB = 1 << 20;
  private static final Duration SLOWEST_IMPORT = Duration.ofMinutes(3);
  private static final Duration SLOWEST_ANSWER = Duration.ofSeconds(5);

  private final String heap = System.getProperty("import.heap", "-Xmx512m");
  private final List<Double> sizes =
      Arrays.stream(System.getProperty("import.mib", "21").split(",", -1))
          .map(Double::valueOf)
          .toList();
  private final StringBuilder table =
      new StringBuilder(
          "| heap | document | import | outcome | heap per byte |\n|---|---|---|---|---|\n");

  @Test
  void theLargestDocumentThatIsTakenFitsBesideItsPredecessor() throws Exception {
    for (double mib : sizes) {
      TestPostgres postgres = new TestPostgres();
      postgres.start();
      PackagedServer server =
          new PackagedServer(
                  postgres.url(), Map.of("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN))
              .withHeap(heap);
      try {
        server.startIfDead();
        row(server, mib, 1);
        row(server, mib, 2);
      } finally {
        server.kill();
        postgres.stop();
      }
    }
    Files.writeString(Path.of("target/import-heap.md"), table);
    assertThat(table).doesNotContain("OutOfMemoryError");
  }

  private void row(PackagedServer server, double mib, int time) throws Exception {
    String document = document((int) (mib * MIB), time);
    int bytes = document.getBytes(StandardCharsets.UTF_8).length;
    long began = System.nanoTime();
    CompletableFuture<HttpResponse<String>> imported =
        CLIENT.sendAsync(
            request(server, "/v1/admin/catalogue")
                .timeout(SLOWEST_IMPORT)
                .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(document))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    String outcome = outcome(server, imported);
    table.append(
        "| %s | %.1f MiB | %d. | %s, %.1f s | %.1f |%n"
            .formatted(
                heap,
                bytes / (double) MIB,
                time,
                outcome,
                Duration.ofNanos(System.nanoTime() - began).toMillis() / 1000.0,
                heapBytes() / bytes));
    System.out.print(table.substring(table.lastIndexOf("\n", table.length() - 2) + 1));
  }

  private static String outcome(
      PackagedServer server, CompletableFuture<HttpResponse<String>> imported) throws Exception {
    while (!imported.isDone()) {
      HttpResponse<String> about =
          CLIENT.send(
              request(server, "/v1/about").timeout(SLOWEST_ANSWER).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(about.statusCode()).isEqualTo(200);
      Thread.sleep(200);
    }
    String answered;
    try {
      answered = Integer.toString(imported.get().statusCode());
    } catch (java.util.concurrent.ExecutionException failed) {
      answered = String.valueOf(failed.getCause());
    }
    return server.log().contains("OutOfMemoryError") ? answered + ", OutOfMemoryError" : answered;
  }

  private static HttpRequest.Builder request(PackagedServer server, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }

  private double heapBytes() {
    return Long.parseLong(heap.replaceAll("\\D", "")) * (double) MIB;
  }

  /** Releases of a kilobyte, as a catalogue has them, with notes that differ. */
  private static String document(int bytes, int time) {
    StringBuilder text = new StringBuilder(bytes + 2048).append("{\"products\":[");
    for (int product = 0; product < 100; product++) {
      text.append(product == 0 ? "" : ",")
          .append(
              "{\"id\":\"model-%d\",\"name\":\"Model %d\",\"kind\":\"firmware\",\"defaultLanguage\":\"en\"}"
                  .formatted(product, product));
    }
    text.append("],\"releases\":[");
    for (int release = 0; text.length() < bytes; release++) {
      text.append(release == 0 ? "" : ",").append(release(release, time));
    }
    return text.append("]}").toString();
  }

  private static String release(int number, int time) {
    return """
        {"products":["model-%1$d"],"version":"1.%2$d.0","severity":"recommended",
         "publishedAt":"2026-01-01T08:00:00Z","notes":{
          "en":{"title":"Firmware 1.%2$d.0","body":"%3$s"},
          "de":{"title":"Firmware 1.%2$d.0","body":"%4$s"}},
         "countries":{"deny":["CN"]},
         "artifacts":[{"name":"model-%1$d-1.%2$d.0.swu","size":18874368,
          "url":"https://downloads.example.com/model-%1$d/1.%2$d.0/model-%1$d-1.%2$d.0.swu",
          "sha256":"%5$064x"}]}"""
        .formatted(
            number % 100,
            number / 100,
            ("Import %d, release %d. ".formatted(time, number)).repeat(8),
            ("Einspielung %d, Version %d. ".formatted(time, number)).repeat(8),
            number * 31L + time);
  }
}
