package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.FaultyWire;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged server while its database is silent, away, full, or holds what is asked for. */
@BesideTheApplication
@Tag("zoneless")
class DatabaseFaultsIT {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  // Five are promised, on a machine that is the service's own; here two lanes share two cores.
  private static final double PROMISED_SECONDS = 5;
  private static final double SHARED_MACHINE_SECONDS = 1;
  private static final String SLOWEST = "http_server_requests_seconds_max{";
  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1","country":"DE",
       "timezone":"Europe/Berlin","language":"de"}
      """;

  private static final TestPostgres POSTGRES = new TestPostgres();
  private static FaultyWire wire;
  private static PackagedServer server;
  private static Device device;

  @BeforeAll
  static void start() throws Exception {
    POSTGRES.start();
    wire = new FaultyWire(POSTGRES.port());
    server =
        new PackagedServer(
            "postgresql://127.0.0.1:" + wire.port() + "/postgres",
            Map.of(
                "TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN,
                "TOWNCRIER_DEVICES_REGISTRATION_BURST", "100000",
                "TOWNCRIER_DELIVERY_FENCE_WAIT", "1s"));
    server.startIfDead();
    post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
    device = Device.of(post("/v1/devices", "", PHONE).in(201));
  }

  @AfterAll
  static void stop() throws Exception {
    server.kill();
    wire.close();
    POSTGRES.stop();
  }

  @AfterEach
  void goOn() throws Exception {
    wire.carry();
    List<Double> slowest = slowestRefusals();
    Await.patiently("all is well again", () -> alerts().status() == 200);
    assertThat(slowest)
        .isNotEmpty()
        .allMatch(took -> took < PROMISED_SECONDS + SHARED_MACHINE_SECONDS);
  }

  /** By the service's own clock: here eighty threads wait for a processor, too. In seconds. */
  private static List<Double> slowestRefusals() throws Exception {
    URI metrics = URI.create("http://127.0.0.1:" + server.managementPort() + "/q/metrics");
    return CLIENT
        .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
        .body()
        .lines()
        .filter(line -> line.startsWith(SLOWEST) && line.contains("status=\"503\""))
        .map(line -> Double.valueOf(line.substring(line.lastIndexOf(' ') + 1)))
        .toList();
  }

  @Test
  void aSilentDatabaseIsAnsweredInTimeAndNothingIsDoneLater() throws Exception {
    long devices = number("SELECT count(*) FROM device");
    int version = alerts().json().path("revision").asInt();
    wire.beSilent();

    List<CompletableFuture<Answer>> asked = new ArrayList<>();
    // More than there are connections: the last of them find none free.
    for (int i = 0; i < 40; i++) {
      asked.add(async(() -> post("/v1/devices", "", PHONE)));
      asked.add(async(() -> send(device.path("/notices"), device.secret(), "GET", "")));
    }
    asked.add(async(() -> put("{\"push\":false}")));
    for (CompletableFuture<Answer> one : asked) {
      one.get().isUnavailable("database-unavailable");
    }
    assertThat(health("database").path("state").asText()).isEqualTo("silent");
    assertThat(health("push").path("state").asText()).isEqualTo("waiting");
    assertThat(health("push").path("because").asText()).isEqualTo("database-silent");
    check();

    wire.carry();
    Await.patiently("it answers", () -> alerts().status() == 200);
    // What still came of the refused ones is rolled back.
    Await.aWhile(Duration.ofMillis(300));
    assertThat(number("SELECT count(*) FROM device")).isEqualTo(devices);
    assertThat(alerts().json().path("revision").asInt()).isEqualTo(version);
  }

  @Test
  void aDatabaseThatIsGoneIsAnsweredAtOnceAndFoundAgain() throws Exception {
    wire.cut();
    for (int i = 0; i < 5; i++) {
      post("/v1/devices", "", PHONE).isUnavailable("database-unavailable");
      put("{\"push\":false}").isUnavailable("database-unavailable");
      send("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, "GET", "")
          .isUnavailable("database-unavailable");
    }
    assertThat(health("database").path("state").asText()).isEqualTo("away");
    assertThat(health("push").path("because").asText()).isEqualTo("database-away");
    check();
    wire.carry();
    Await.patiently("it is found", () -> alerts().status() == 200);
    // Each connection of the pool finds out by itself that it is lost.
    Await.patiently("health says so", () -> says("database", "state", "working"));
    // It has no credentials: that is all that pushes wait for then.
    Await.patiently(
        "pushes wait for credentials alone", () -> says("push", "because", "no-credentials"));
  }

  @Test
  void aDatabaseWithoutRoomIsSaidToBeFull() throws Exception {
    sql(
        """
        CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN RAISE EXCEPTION 'no space left' USING ERRCODE = '53100'; END $$;
        CREATE TRIGGER no_room BEFORE INSERT ON device EXECUTE FUNCTION no_room();
        CREATE TRIGGER no_room BEFORE UPDATE ON notification_alerts EXECUTE FUNCTION no_room()
        """);
    try {
      post("/v1/devices", "", PHONE).isUnavailable("database-unavailable");
      put("{\"push\":false}").isUnavailable("database-unavailable");
      assertThat(health("database").path("state").asText()).isEqualTo("full");
      assertThat(health("push").path("because").asText()).isEqualTo("database-full");
      assertThat(alerts().status()).isEqualTo(200);
    } finally {
      sql("DROP FUNCTION no_room CASCADE");
    }
    post("/v1/devices", "", PHONE).in(201);
  }

  @Test
  void anOptOutWaitsForALockAndNotForEver() throws Exception {
    // A first change makes the row that is locked.
    put("{\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"}}").in(200);
    int version = alerts().json().path("revision").asInt();
    try (Connection other = POSTGRES.connect();
        Statement statement = other.createStatement()) {
      statement.execute("SET idle_in_transaction_session_timeout = 0");
      other.setAutoCommit(false);
      statement.execute("SELECT 1 FROM notification_alerts FOR SHARE");
      CompletableFuture<Answer> asked = async(() -> put("{\"push\":false}"));
      Await.aWhile(Duration.ofSeconds(1));
      assertThat(asked).isNotDone();
      asked.get().isUnavailable("database-unavailable");
      other.rollback();
    }
    assertThat(alerts().json().path("revision").asInt()).isEqualTo(version);
  }

  @Test
  void whoStandsStillInATransactionLosesItWithinFiveSeconds() throws Exception {
    try (Connection frozen = POSTGRES.connect();
        Statement statement = frozen.createStatement()) {
      frozen.setAutoCommit(false);
      statement.execute("SELECT 1 FROM notification_alerts FOR UPDATE");
      CompletableFuture<Answer> first = async(() -> put("{\"push\":true}"));
      first.get().isUnavailable("database-unavailable");
      put("{\"push\":true}").in(200);
    }
  }

  @Test
  void aChangeThatIsNotYetInForceIsStoredAndGoesOnWaiting() throws Exception {
    Device phone = Device.of(post("/v1/devices", "", PHONE).in(201));
    sql(
        """
        INSERT INTO push_proof (id, device_id, provider, kind, sealed, address_index,
          challenge_index, expires_at, tries_left, lease_until)
        VALUES ('chl_of_a_frozen_one', '%s', 'fcm', 'TOKEN', '', '', '', now() + interval '1 day',
          5, now() + interval '40 s')
        """
            .formatted(phone.id()));
    String off = "{\"push\":false,\"revision\":0}";
    Answer first = send(phone.path("/notification-alerts"), phone.secret(), "PUT", off);
    first.isUnavailable("not-yet-effective");
    // The very same again: it is no change, and no conflict.
    send(phone.path("/notification-alerts"), phone.secret(), "PUT", off)
        .isUnavailable("not-yet-effective");
    sql("UPDATE push_proof SET lease_until = NULL WHERE id = 'chl_of_a_frozen_one'");
    JsonNode in = send(phone.path("/notification-alerts"), phone.secret(), "PUT", off).in(200);
    assertThat(in.path("push").asBoolean()).isFalse();
    assertThat(in.path("revision").asInt()).isEqualTo(1);
    assertThat(in.path("effectiveAt").asText()).isNotEmpty();
    send(
            phone.path("/notification-alerts"),
            phone.secret(),
            "PUT",
            "{\"push\":true,\"revision\":0}")
        .in(409);
    assertThat(
            send(phone.path("/notification-alerts/history"), phone.secret(), "GET", "")
                .in(200)
                .path("items"))
        .hasSize(1);
  }

  private static void check() throws IOException {
    assertThat(send("/v1/products/router-app-android/update?version=3.0.1", "", "GET", "").status())
        .as("a check needs no database")
        .isEqualTo(200);
  }

  private static boolean says(String check, String member, String value) {
    try {
      return health(check).path(member).asText().equals(value);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static JsonNode health(String name) throws IOException {
    for (JsonNode check :
        send("/v1/admin/health", TestPostgres.OPERATOR_TOKEN, "GET", "").in(200).path("checks")) {
      if (check.path("name").asText().equals(name)) {
        return check.path("data");
      }
    }
    throw new AssertionError("no health of " + name);
  }

  private static Answer alerts() {
    return send(device.path("/notification-alerts"), device.secret(), "GET", "");
  }

  private static Answer put(String alerts) {
    return send(device.path("/notification-alerts"), device.secret(), "PUT", alerts);
  }

  private static Answer post(String path, String credential, String body) {
    return send(path, credential, "POST", body);
  }

  private static Answer send(String path, String credential, String method, String body) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(30))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!credential.isEmpty()) {
      request.header("Authorization", "Bearer " + credential);
    }
    try {
      return new Answer(CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException failure) {
      throw new IllegalStateException(failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  private static CompletableFuture<Answer> async(java.util.function.Supplier<Answer> asked) {
    CompletableFuture<Answer> answer = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                answer.complete(asked.get());
              } catch (RuntimeException failure) {
                answer.completeExceptionally(failure);
              }
            });
    thread.start();
    return answer;
  }

  private static void sql(String statements) throws SQLException {
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    }
  }

  private static long number(String query) throws SQLException {
    try (Connection connection = POSTGRES.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return rows.getLong(1);
    }
  }

  private record Device(String id, String secret) {
    static Device of(JsonNode registered) {
      return new Device(registered.path("deviceId").asText(), registered.path("secret").asText());
    }

    String path(String below) {
      return "/v1/devices/" + id + below;
    }
  }

  private record Answer(HttpResponse<String> response) {
    int status() {
      return response.statusCode();
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(response.body());
      } catch (IOException broken) {
        throw new IllegalStateException(broken);
      }
    }

    JsonNode in(int expected) {
      assertThat(status()).as(response.body()).isEqualTo(expected);
      return json();
    }

    void isUnavailable(String code) {
      assertThat(in(503).path("code").asText()).isEqualTo(code);
      assertThat(response.headers().firstValueAsLong("Retry-After")).isPresent();
    }
  }
}
