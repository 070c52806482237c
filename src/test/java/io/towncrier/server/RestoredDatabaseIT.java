package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server on a copy of its data directory. */
@BesideTheApplication
@Tag("zoneless")
class RestoredDatabaseIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String CHECK = "/v1/products/towncrier_ax3000/update?version=1.2.0";
  private static final String OPERATOR = TestPostgres.OPERATOR_TOKEN;

  @TempDir Path directory;
  private ServerProcess server;

  @BeforeEach
  void settings() {
    server =
        new ServerProcess(directory)
            .with("TOWNCRIER_WITNESS_FILE", directory.resolve("witness").toString())
            .with("TOWNCRIER_LEDGER_FILE", directory.resolve("ledger").toString())
            .with("TOWNCRIER_SERVER_MARK_EVERY", "0.3s")
            .with("TOWNCRIER_OPERATOR_TOKEN", OPERATOR);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void pushesOfARestoredDirectoryWaitUntilAnOperatorSaysSo() throws Exception {
    server.start();
    assertThat(server.run("keys"))
        .as("beside the server that has the directory")
        .contains("version 2  WRITTEN");
    server.post("/v1/admin/catalogue", OPERATOR, Api.sampleCatalogue());
    String notice = started();
    Await.patiently("the witness is told", () -> witness().contains(notice));
    JsonNode erased = phone();
    JsonNode kept = phone();
    server.stop();
    copy("data", "backup");
    server.start();
    assertThat(ServerProcess.send(server.request(of(erased), secret(erased)).DELETE()).statusCode())
        .isEqualTo(204);
    long before = mark();
    Await.patiently("the witness goes on", () -> mark() > before);
    Await.says(this::health, "no-credentials");
    server.stop();

    server.useData("backup").start();
    Await.patiently("pushes wait", () -> health().contains("restored"));
    assertThat(server.get(CHECK, null).statusCode()).as("checks go on").isEqualTo(200);
    assertThat(server.log()).contains("its data directory is a copy", "older than the witness");
    Await.patiently("what was erased is erased again", () -> status(erased) == 401);
    Await.patiently("the others are served", () -> status(kept) == 200);
    assertThat(server.log()).contains("the ledger is replayed: 1 were erased again");
    server.stop();

    assertThat(server.run("restored"))
        .contains("Pushes wait since", "its data directory is a copy", "(the witness)")
        .containsPattern(notice + " +(STARTED|DONE) +0");
    assertThat(server.run("restored", "accept")).contains("Accepted: pushes go on.");
    server.start();
    Await.patiently(
        "nothing waits for the restore any more", () -> health().contains("no-credentials"));
  }

  private JsonNode phone() throws IOException {
    return made(
        server.post(
            "/v1/devices",
            null,
            "{\"kind\":\"phone\",\"product\":\"router-app-android\",\"version\":\"3.0.1\"}"));
  }

  private int status(JsonNode phone) {
    try {
      return server.get(of(phone), secret(phone)).statusCode();
    } catch (IOException notNow) {
      return 0;
    }
  }

  private static String of(JsonNode phone) {
    return "/v1/devices/" + phone.path("deviceId").asText();
  }

  private static String secret(JsonNode phone) {
    return phone.path("secret").asText();
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
        made(
            server.post(
                "/v1/devices",
                null,
                "{\"kind\":\"phone\",\"product\":\"router-app-android\",\"version\":\"3.0.1\"}"));
    Map<String, Object> audience = Map.of("devices", List.of(phone.path("deviceId").asText()));
    String draft = JSON.writeValueAsString(Api.announcement("Restored", audience));
    String id = made(server.post("/v1/admin/notices", OPERATOR, draft)).path("id").asText();
    made(server.post("/v1/admin/notices/" + id + "/start", OPERATOR, "{\"revision\":0}"));
    return id;
  }

  private static JsonNode made(HttpResponse<String> answer) throws IOException {
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 299);
    return JSON.readTree(answer.body());
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
    return server.bodyOf("/v1/admin/health", OPERATOR);
  }
}
