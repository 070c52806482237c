package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a copy of its data directory. */
@Tag("zoneless")
class RestoredDatabaseIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String CHECK = "/v1/products/towncrier_ax3000/update?version=1.2.0";

  @TempDir Path directory;
  private Process server;
  private int port;
  private int logs;

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void pushesOfARestoredDirectoryWaitUntilAnOperatorSaysSo() throws Exception {
    start("data");
    send(
        request("/v1/admin/catalogue")
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(Api.sampleCatalogue())));
    String notice = started();
    Await.until("the witness is told", Duration.ofSeconds(20), () -> witness().contains(notice));
    stop();
    copy("data", "backup");
    start("data");
    long before = mark();
    Await.until("the witness goes on", Duration.ofSeconds(20), () -> mark() > before);
    assertThat(health()).contains("no-credentials");
    stop();

    start("backup");
    Await.until("pushes wait", Duration.ofSeconds(20), () -> health().contains("restored"));
    assertThat(send(request(CHECK).GET()).statusCode()).as("checks go on").isEqualTo(200);
    assertThat(log()).contains("its data directory is a copy", "older than the witness");
    stop();

    assertThat(command("backup", "restored"))
        .contains("Pushes wait since", "its data directory is a copy", "(the witness)")
        .containsPattern(notice + " +(STARTED|DONE) +0");
    assertThat(command("backup", "restored", "accept")).contains("Accepted: pushes go on.");
    start("backup");
    Await.until(
        "nothing waits for the restore any more",
        Duration.ofSeconds(20),
        () -> health().contains("no-credentials"));
  }

  private void copy(String from, String to) throws Exception {
    Process copy =
        new ProcessBuilder(
                "cp", "-a", directory.resolve(from).toString(), directory.resolve(to).toString())
            .start();
    assertThat(copy.waitFor()).isZero();
  }

  /** Of a notice to one phone, which waits as there are no credentials. */
  private String started() throws IOException {
    JsonNode phone =
        json(
            request("/v1/devices")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        "{\"kind\":\"phone\",\"product\":\"router-app-android\",\"version\":\"3.0.1\"}")));
    String id =
        json(request("/v1/admin/notices")
                .POST(
                    HttpRequest.BodyPublishers.ofString(
                        new ObjectMapper()
                            .writeValueAsString(
                                Api.announcement(
                                    "Restored",
                                    Map.of("devices", List.of(phone.path("deviceId").asText())))))))
            .path("id")
            .asText();
    json(
        request("/v1/admin/notices/" + id + "/start")
            .POST(HttpRequest.BodyPublishers.ofString("{\"revision\":0}")));
    return id;
  }

  private static JsonNode json(HttpRequest.Builder request) throws IOException {
    HttpResponse<String> answer = send(request.header("Content-Type", "application/json"));
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return new ObjectMapper().readTree(answer.body());
  }

  private long mark() {
    String told = witness();
    return told.isEmpty() ? 0 : Long.parseLong(told.split("\\s", 2)[0]);
  }

  private String witness() {
    try {
      Path witness = directory.resolve("witness");
      return Files.exists(witness) ? Files.readString(witness) : "";
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private String health() {
    try {
      return send(request("/v1/admin/health").GET()).body();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private void start(String data) throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = process(data, List.of());
    Await.until(
        "the server says that it is up",
        Duration.ofSeconds(60),
        () -> {
          assertThat(server.isAlive()).as(log()).isTrue();
          return log().contains("Towncrier is up at");
        });
  }

  private String command(String data, String... words) throws Exception {
    Process command = process(data, List.of(words));
    assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return log();
  }

  private Process process(String data, List<String> words) throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("server.jar")));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    builder.environment().put("TOWNCRIER_DATA_DIR", directory.resolve(data).toString());
    builder.environment().put("TOWNCRIER_WITNESS_FILE", directory.resolve("witness").toString());
    builder.environment().put("TOWNCRIER_SERVER_MARK_EVERY", "0.3s");
    builder.environment().put("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    logs++;
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve(logs + ".log").toFile())
        .start();
  }

  private String log() {
    try {
      return Files.readString(directory.resolve(logs + ".log"));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return path.startsWith("/v1/admin")
        ? request.header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
        : request;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      return CLIENT.send(
          request.timeout(Duration.ofSeconds(20)).build(), HttpResponse.BodyHandlers.ofString());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }
}
