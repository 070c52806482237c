package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the packaged server that must not be, and what they say; its keys and its commands. */
@Tag("zoneless")
class ServerStartIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final TestPostgres POSTGRES = new TestPostgres();
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1",
       "country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;

  private static final Map<String, String> GIVEN_KEY =
      Map.of("TOWNCRIER_MASTER_KEY", TestPostgres.MASTER_KEY);

  @TempDir Path directory;
  private Process server;
  private int port;
  private int logs;

  @BeforeAll
  static void startDatabase() {
    POSTGRES.start();
  }

  @AfterAll
  static void stopDatabase() {
    POSTGRES.stop();
  }

  /** The database is one for all, and has belonged to nobody yet. */
  @BeforeEach
  void forget() throws SQLException {
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("DELETE FROM key_check");
      statement.execute("DELETE FROM device");
      statement.execute("DELETE FROM account");
    }
  }

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null) {
      server.destroy();
      server.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void anotherOrALostKeyIsRefusedAndTheWayOutDeletesWhatDoesNotOpen() throws Exception {
    Path key = directory.resolve("data/master.key");
    start();
    String made = Files.readString(key);
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    JsonNode phone = JSON.readTree(post("/v1/devices", PHONE).body());
    assertThat(get("/v1/devices/" + phone.path("deviceId").asText(), phone)).isEqualTo(200);
    stop();

    Files.delete(key);
    assertThat(refused(Map.of()))
        .contains("there is no master key in the file " + key, "docs/runbook.md");
    assertThat(key).as("no new key beside existing data").doesNotExist();
    Files.writeString(key, made.substring(0, 20));
    assertThat(refused(Map.of())).contains("the master key in the file " + key, "is of no use");
    assertThat(refused(Map.of("TOWNCRIER_MASTER_KEY", TestPostgres.MASTER_KEY)))
        .contains("the master key in TOWNCRIER_MASTER_KEY is not the one");

    Files.writeString(key, made);
    start();
    assertThat(get("/v1/devices/" + phone.path("deviceId").asText(), phone)).isEqualTo(200);
    stop();

    Files.delete(key);
    assertThat(command("keys", "reset")).contains("There is no master key");
    assertThat(key).doesNotExist();
    assertThat(command("keys", "reset", "--delete-what-does-not-open"))
        .contains("A new master key was made", "Deleted: 0 accounts, 1 devices");
    start();
    assertThat(get("/v1/devices/" + phone.path("deviceId").asText(), phone)).isEqualTo(401);
    assertThat(post("/v1/devices", PHONE).statusCode()).isEqualTo(201);
    HttpResponse<String> chain = send(request("/v1/admin/audit/verification").GET());
    assertThat(chain.body()).contains("\"intact\":true");
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM audit_entry WHERE audit_entry.action = 'keys.reset'")) {
      rows.next();
      assertThat(rows.getLong(1)).isEqualTo(1);
    }
  }

  @Test
  void withoutCredentialsPushesWaitAndHealthSaysSo() throws Exception {
    start(GIVEN_KEY);
    String health = send(request("/v1/admin/health").GET()).body();
    assertThat(health).contains("degraded", "no-credentials");
    assertThat(log()).contains("pushes go to     nowhere", "What comes next");

    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    JsonNode phone = JSON.readTree(post("/v1/devices", PHONE).body());
    String device = phone.path("deviceId").asText();
    // Without a provider no address can be proved: as if it was proved before.
    assertThat(
            change(
                "UPDATE device SET push_provider = 'fcm', push_kind = 'TOKEN', push_sealed = '\\x01',"
                    + " push_index = '\\x02' WHERE device.id = '"
                    + device
                    + "'"))
        .isEqualTo(1);
    JsonNode notice =
        JSON.readTree(
            post(
                    "/v1/admin/notices",
                    """
                    {"kind":"announcement","defaultLanguage":"en",
                     "texts":{"en":{"title":"T","body":"B"}},"audience":{"devices":["%s"]}}
                    """
                        .formatted(device))
                .body());
    String path = "/v1/admin/notices/" + notice.path("id").asText();
    assertThat(post(path + "/start", "").statusCode()).isEqualTo(200);
    // Several looks into the outbox later.
    Await.aWhile(Duration.ofSeconds(3));
    assertThat(
            change(
                "UPDATE delivery SET reason = NULL WHERE delivery.state = 'PENDING' AND"
                    + " delivery.attempts = 0 AND delivery.claim_id IS NULL"))
        .as("nothing was claimed")
        .isEqualTo(1);
    assertThat(send(request(path).GET()).body()).contains("\"waitsBecause\":\"no-credentials\"");
  }

  @Test
  void aPortInUseIsNamedAndNothingIsSaidToBeUp() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      port = taken.getLocalPort();
      String said = refused(GIVEN_KEY, port);
      assertThat(said).contains("port " + port, "in use by another process", "QUARKUS_HTTP_PORT");
      assertThat(said).doesNotContain("is up at");
    }
  }

  @Test
  void settingsThatCannotBeAreNamedBeforeAnythingIsStarted() throws Exception {
    assertThat(refused(Map.of("TOWNCRIER_OPERATOR_TOKEN", "short-one")))
        .contains("TOWNCRIER_OPERATOR_TOKEN must have at least 20 characters")
        .doesNotContain("short-one");
    assertThat(refused(Map.of("TOWNCRIER_DELIVERY_LEASE", "a minute")))
        .contains("TOWNCRIER_DELIVERY_LEASE must be a duration", "the environment");
    assertThat(refused(Map.of("QUARKUS_HTTP_PORT", "eighty"))).contains("QUARKUS_HTTP_PORT");
    assertThat(directory.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void theOperatorTokenIsTurnedOverWhileTheServerRuns() throws Exception {
    start(GIVEN_KEY);
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    String printed = command("operator-token", "turn-over");
    String next = printed.replaceAll("(?s).*operator token +(op_\\w+).*", "$1");
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(401);
    HttpRequest.Builder withNext =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/admin/products"))
            .header("Authorization", "Bearer " + next);
    assertThat(send(withNext.GET()).statusCode()).isEqualTo(200);
    stop();
    assertThat(refused(GIVEN_KEY))
        .contains("TOWNCRIER_OPERATOR_TOKEN holds a token that was turned over");
  }

  @Test
  void aMisspeltCommandShowsThoseThatThereAre() throws Exception {
    assertThat(command("key", "reset")).contains("There is no command \"key reset\"", "keys reset");
  }

  private static int change(String sql) throws SQLException {
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private void start() throws IOException {
    start(Map.of());
  }

  private void start(Map<String, String> settings) throws IOException {
    port = freePort();
    server = process(List.of(), settings, port);
    Await.until(
        "the server says that it is up",
        Duration.ofSeconds(60),
        () -> {
          assertThat(server.isAlive()).as(log()).isTrue();
          return log().contains("Towncrier is up at");
        });
    assertThat(send(request("/v1/about").GET()).statusCode()).as("up means up").isEqualTo(200);
  }

  private String refused(Map<String, String> settings) throws Exception {
    return refused(settings, freePort());
  }

  private String refused(Map<String, String> settings, int httpPort) throws Exception {
    Process refused = process(List.of(), settings, httpPort);
    assertThat(refused.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(refused.exitValue()).isEqualTo(1);
    List<String> told =
        log().lines().filter(line -> line.startsWith("Towncrier does not start: ")).toList();
    assertThat(told).as(log()).hasSize(1);
    return told.get(0);
  }

  private String command(String... words) throws Exception {
    Process command = process(List.of(words), Map.of(), freePort());
    assertThat(command.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return log();
  }

  private Process process(List<String> words, Map<String, String> settings, int httpPort)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("server.jar")));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> environment = builder.environment();
    environment.put("TOWNCRIER_DATA_DIR", directory.resolve("data").toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", POSTGRES.url());
    environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
    environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    environment.put("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
    environment.putAll(settings);
    logs++;
    return builder.redirectErrorStream(true).redirectOutput(logFile().toFile()).start();
  }

  private Path logFile() {
    return directory.resolve(logs + ".log");
  }

  /** Of the process that was started last. */
  private String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private int get(String path, JsonNode phone) throws IOException {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + phone.path("secret").asText())
            .GET())
        .statusCode();
  }

  private HttpResponse<String> post(String path, String body) throws IOException {
    return send(
        request(path)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
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

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
