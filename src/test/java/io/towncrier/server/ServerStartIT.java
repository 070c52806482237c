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
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts of the packaged server that must not be, and what they say; its keys and its commands. */
@BesideTheApplication
@Tag("zoneless")
class ServerStartIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final TestPostgres POSTGRES = new TestPostgres();
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1",
       "country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;

  private static final Map<String, String> GIVEN_KEY =
      Map.of("TOWNCRIER_MASTER_KEY", TestPostgres.MASTER_KEY);

  @TempDir Path directory;
  private ServerProcess server;

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
      statement.execute("DELETE FROM key_version");
      statement.execute("DELETE FROM key_rotation");
      statement.execute("DELETE FROM device");
      statement.execute("DELETE FROM account");
    }
  }

  @BeforeEach
  void notStarted() {
    server =
        new ServerProcess(directory)
            .on(POSTGRES)
            .with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void anotherOrALostKeyIsRefusedAndTheWayOutDeletesWhatDoesNotOpen() throws Exception {
    Path key = directory.resolve("data/master.key");
    server.start();
    String made = Files.readString(key);
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    JsonNode phone = JSON.readTree(post("/v1/devices", PHONE).body());
    assertThat(shown(phone)).isEqualTo(200);
    server.stop();

    Files.delete(key);
    assertThat(server.refusal(Map.of()))
        .contains("there is no master key in the file " + key, "docs/runbook.md");
    assertThat(key).as("no new key beside existing data").doesNotExist();
    Files.writeString(key, made.substring(0, 20));
    assertThat(server.refusal(Map.of()))
        .contains("the master key in the file " + key, "is of no use");
    assertThat(server.refusal(Map.of("TOWNCRIER_MASTER_KEY", TestPostgres.MASTER_KEY)))
        .contains("the master key in TOWNCRIER_MASTER_KEY is not the one");

    Files.writeString(key, made);
    server.start();
    assertThat(shown(phone)).isEqualTo(200);
    server.stop();

    Files.delete(key);
    assertThat(server.run("keys", "reset")).contains("There is no master key");
    assertThat(key).doesNotExist();
    assertThat(server.run("keys", "reset", "--delete-what-does-not-open"))
        .contains("A new master key was made", "Deleted: 0 accounts, 1 devices");
    server.start();
    assertThat(shown(phone)).isEqualTo(401);
    assertThat(post("/v1/devices", PHONE).statusCode()).as(server.log()).isEqualTo(201);
    HttpResponse<String> chain = get("/v1/admin/audit/verification");
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
  void theKeysAreRotatedAndTheMasterKeyIsChangedBesideARunningServer() throws Exception {
    Path key = directory.resolve("data/master.key");
    Path next = directory.resolve("data/master.key.next");
    server.start();
    String former = Files.readString(key);
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    JsonNode phone = JSON.readTree(post("/v1/devices", PHONE).body());
    assertThat(server.run("keys")).contains("version 2  WRITTEN", "No rotation is under way.");

    assertThat(server.run("keys", "rewrap")).contains("are wrapped by master-key:");
    String made = Files.readString(key);
    assertThat(made).isNotEqualTo(former);
    assertThat(next).doesNotExist();
    assertThat(server.run("keys", "rotate")).contains("Version 3 is announced");
    assertThat(server.run("keys", "rotate")).contains("A rotation is under way", "ANNOUNCED");
    assertThat(shown(phone)).isEqualTo(200);
    server.stop();

    Files.writeString(key, former);
    assertThat(server.refusal(Map.of())).contains("the file " + key + " is not the one");
    // As if a kill had come between the commit and the exchange of the files.
    Files.writeString(next, made);
    server.start();
    assertThat(shown(phone)).isEqualTo(200);
    assertThat(server.run("keys", "rewrap")).contains("2 versions of the keys are wrapped by");
    assertThat(key).hasContent(made);
    assertThat(next).doesNotExist();
    assertThat(shown(phone)).isEqualTo(200);
  }

  @Test
  void withoutCredentialsPushesWaitAndHealthSaysSo() throws Exception {
    server.start(GIVEN_KEY);
    Await.says(
        () -> server.bodyOf("/v1/admin/health", TestPostgres.OPERATOR_TOKEN),
        "degraded",
        "no-credentials");
    assertThat(server.log()).contains("pushes go to     nowhere", "What comes next");

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
    assertThat(get(path).body()).contains("\"waitsBecause\":\"no-credentials\"");
  }

  @Test
  void aPortInUseIsNamedAndNothingIsSaidToBeUp() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      int port = taken.getLocalPort();
      String said = server.refusal(GIVEN_KEY, port);
      assertThat(said).contains("port " + port, "in use by another process", "QUARKUS_HTTP_PORT");
      assertThat(said).doesNotContain("is up at", "\tat ", "ERROR");
    }
  }

  @Test
  void settingsThatCannotBeAreNamedBeforeAnythingIsStarted() throws Exception {
    assertThat(server.refusal(Map.of("TOWNCRIER_OPERATOR_TOKEN", "short-one")))
        .contains("TOWNCRIER_OPERATOR_TOKEN must have at least 20 characters")
        .doesNotContain("short-one");
    assertThat(server.refusal(Map.of("TOWNCRIER_DELIVERY_LEASE", "a minute")))
        .contains("TOWNCRIER_DELIVERY_LEASE must be a duration", "the environment");
    assertThat(server.refusal(Map.of("QUARKUS_HTTP_PORT", "eighty"))).contains("QUARKUS_HTTP_PORT");
    assertThat(server.refusal(Map.of("TOWNCRIER_PUBLIC_URL", "http://updates.example.com/x")))
        .contains("TOWNCRIER_PUBLIC_URL must be an origin");
    String hub = "TOWNCRIER_EVENTS_ENDPOINTS_HUB_";
    assertThat(
            server.refusal(
                Map.of(hub + "URL", "http://hub.example.com", hub + "SECRET", "whsec_c2VjcmV0")))
        .contains("the endpoint hub of TOWNCRIER_EVENTS_ENDPOINTS has a url that is not https")
        .doesNotContain("\tat ");
    assertThat(server.refusal(Map.of("TOWNCRIER_EVENTS_BUS", "towncrier-eu-events")))
        .contains("TOWNCRIER_EVENTS_BUS is for functions only")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("data/postgres")).doesNotExist();
  }

  @Test
  void theOperatorTokenIsTurnedOverWhileTheServerRuns() throws Exception {
    server.start(GIVEN_KEY);
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(200);
    String printed = server.run("operator-token", "turn-over");
    String next = printed.replaceAll("(?s).*operator token +(op_\\w+).*", "$1");
    assertThat(post("/v1/admin/catalogue", Api.sampleCatalogue()).statusCode()).isEqualTo(401);
    assertThat(server.get("/v1/admin/products", next).statusCode()).isEqualTo(200);
    server.stop();
    assertThat(server.refusal(GIVEN_KEY))
        .contains("TOWNCRIER_OPERATOR_TOKEN holds a token that was turned over");
  }

  @Test
  void aMisspeltCommandShowsThoseThatThereAre() throws Exception {
    assertThat(server.run("key", "reset"))
        .contains("There is no command \"key reset\"", "keys reset");
  }

  private static int change(String sql) throws SQLException {
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    }
  }

  private int shown(JsonNode phone) throws IOException {
    return server
        .get("/v1/devices/" + phone.path("deviceId").asText(), phone.path("secret").asText())
        .statusCode();
  }

  /** As an operator, or as a phone that registers. */
  private HttpResponse<String> post(String path, String body) throws IOException {
    String token = path.startsWith("/v1/admin") ? TestPostgres.OPERATOR_TOKEN : null;
    return server.post(path, token, body);
  }

  private HttpResponse<String> get(String path) throws IOException {
    return server.get(path, TestPostgres.OPERATOR_TOKEN);
  }
}
