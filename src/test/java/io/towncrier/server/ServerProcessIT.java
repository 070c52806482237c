package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
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
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server as an operator runs it: started, killed, started again, started twice. */
@Tag("zoneless")
class ServerProcessIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);

  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1",
       "country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;

  @TempDir Path directory;

  private Process server;
  private int port;
  private int managementPort;

  @AfterEach
  void stop() throws InterruptedException {
    if (server != null && server.isAlive()) {
      server.destroy();
      server.waitFor(30, TimeUnit.SECONDS);
    }
  }

  @Test
  void aRestartAndAKillKeepEverythingAndTheTokenIsShownOnce() throws Exception {
    Path log = start("first");
    Matcher token = Pattern.compile("operator token\\s+(op_\\w+)").matcher(Files.readString(log));
    assertThat(token.find()).as(Files.readString(log)).isTrue();
    String operator = token.group(1);
    assertThat(post("/v1/admin/catalogue", operator, Api.sampleCatalogue()).statusCode())
        .isEqualTo(200);
    JsonNode phone = JSON.readTree(post("/v1/devices", null, PHONE).body());
    String before = get("/v1/products/towncrier_ax3000/update?version=1.2.0", null).body();

    server.destroy();
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    Path second = start("second");
    assertThat(Files.readString(second)).doesNotContain("operator token");
    assertThat(get("/v1/products/towncrier_ax3000/update?version=1.2.0", null).body())
        .isEqualTo(before);

    server.destroyForcibly();
    assertThat(server.waitFor(30, TimeUnit.SECONDS)).isTrue();
    start("after a kill");
    HttpResponse<String> shown =
        get("/v1/devices/" + phone.path("deviceId").asText(), phone.path("secret").asText());
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(post("/v1/admin/catalogue", operator, Api.sampleCatalogue()).statusCode())
        .isEqualTo(200);
    for (String secret : new String[] {operator, phone.path("secret").asText()}) {
      assertThat(Files.readString(directory.resolve("data/operator-token.sha256")))
          .doesNotContain(secret);
    }
  }

  @Test
  void aDatabaseThatIsKilledIsStartedAgainAndChecksGoOnMeanwhile() throws Exception {
    Path log = start("first");
    Matcher token = Pattern.compile("operator token\\s+(op_\\w+)").matcher(Files.readString(log));
    assertThat(token.find()).isTrue();
    post("/v1/admin/catalogue", token.group(1), Api.sampleCatalogue());
    String path = "/v1/products/towncrier_ax3000/update?version=1.2.0";
    String before = get(path, null).body();
    assertThat(details("/q/health/ready").body()).contains("\"state\": \"current\"");
    assertThat(get("/q/health/ready", null).body())
        .contains("\"status\":\"UP\"")
        .doesNotContain("snapshot");

    Path pidFile = directory.resolve("data/postgres/postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

    for (int i = 0; i < 20; i++) {
      HttpResponse<String> check = get(path, null);
      assertThat(check.statusCode()).isEqualTo(200);
      assertThat(check.body()).isEqualTo(before);
    }
    Await.until(
        "what needs the database works again",
        Duration.ofSeconds(45),
        () -> {
          try {
            return post("/v1/devices", null, PHONE).statusCode() == 201;
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    assertThat(Files.readString(log)).contains("has ended by itself", "runs again");
    assertThat(Long.parseLong(Files.readAllLines(pidFile).get(0).trim())).isNotEqualTo(postmaster);
    assertThat(Files.getPosixFilePermissions(directory.resolve("data/postgres-binaries")))
        .hasSize(3);
    assertThat(Files.getPosixFilePermissions(directory.resolve("data/cache"))).hasSize(3);
    assertThat(Files.getPosixFilePermissions(directory.resolve("data"))).hasSize(3);
  }

  @Test
  void checksGoOnWhileTheDatabaseIsAwayAndHealthSaysSo() throws Exception {
    TestPostgres postgres = new TestPostgres();
    postgres.start();
    start("external", external(postgres));
    post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
    String path = "/v1/products/towncrier_ax3000/update?version=1.2.0";
    String before = get(path, null).body();

    postgres.stop();
    Await.until(
        "health says that the snapshot may be behind",
        Duration.ofSeconds(15),
        () -> {
          try {
            return details("/q/health/ready").body().contains("\"state\": \"stale\"");
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    HttpResponse<String> health = get("/q/health/ready", null);
    assertThat(health.statusCode()).as("it still answers checks").isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"UP\",\"state\":\"degraded\"}");
    assertThat(details("/q/health/ready").body()).contains("staleSince");
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> check = get(path, null);
      assertThat(check.statusCode()).isEqualTo(200);
      assertThat(check.body()).isEqualTo(before);
    }
    assertThat(details("/q/metrics").body()).contains("towncrier_updates_snapshot_stale 1.0");
  }

  @Test
  void aSecondServerOnTheSameDirectorySaysWhyItDoesNotStart() throws Exception {
    start("first");
    System.gc();
    Path log = directory.resolve("second.log");
    Process second = process(log, freePort());
    assertThat(second.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(second.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("process " + server.pid() + " already uses the data directory")
        .contains("TOWNCRIER_DATA_DIR")
        .doesNotContain("\tat ");
    assertThat(get("/q/health/ready", null).statusCode()).isEqualTo(200);
  }

  @Test
  void oidcThatIsHalfConfiguredIsRefusedInWords() throws Exception {
    Path log = directory.resolve("half.log");
    Process half = process(log, freePort(), Map.of("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey()));
    assertThat(half.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(half.exitValue()).isEqualTo(1);
    assertThat(Files.readString(log))
        .contains("Towncrier does not start: QUARKUS_OIDC_TOKEN_AUDIENCE must name this service")
        .doesNotContain("\tat ");
    assertThat(directory.resolve("data")).doesNotExist();
  }

  @Test
  void brokenPushCredentialsStopThePushesAndNothingElse() throws Exception {
    Path broken = Files.writeString(directory.resolve("account.json"), "{\"type\":");
    Path log = start("broken", Map.of("TOWNCRIER_FCM_CREDENTIALS", broken.toString()));
    assertThat(get("/q/health/ready", null).statusCode()).isEqualTo(200);
    HttpResponse<String> health = details("/q/health/ready");
    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body())
        .contains("degraded", "credentials-unusable")
        .doesNotContain(broken.toString());
    assertThat(Files.readString(log)).contains("WARN", broken.toString());
    assertThat(get("/v1/products/none/update?version=1", null).statusCode()).isEqualTo(404);
    // The contract is public; the page to try it is for dev mode.
    assertThat(get("/q/openapi", null).statusCode()).isEqualTo(200);
    assertThat(get("/q/swagger-ui", null).statusCode()).isEqualTo(404);
  }

  private static Map<String, String> external(TestPostgres postgres) {
    return Map.of(
        "QUARKUS_DATASOURCE_REACTIVE_URL",
        postgres.url(),
        "QUARKUS_DATASOURCE_USERNAME",
        "postgres",
        "QUARKUS_DATASOURCE_PASSWORD",
        "postgres",
        "TOWNCRIER_OPERATOR_TOKEN",
        TestPostgres.OPERATOR_TOKEN);
  }

  private Path start(String name) throws IOException {
    return start(name, Map.of());
  }

  private Path start(String name, Map<String, String> settings) throws IOException {
    port = freePort();
    managementPort = freePort();
    Path log = directory.resolve(name + ".log");
    server = process(log, port, settings);
    Await.until(
        name + " start: " + log,
        STARTS_WITHIN,
        () -> {
          try {
            return read(log).contains("Towncrier is up at")
                && get("/v1/about", null).statusCode() == 200;
          } catch (IOException notYet) {
            assertThat(server.isAlive()).as(read(log)).isTrue();
            return false;
          }
        });
    return log;
  }

  private Process process(Path log, int httpPort) throws IOException {
    return process(log, httpPort, Map.of());
  }

  private Process process(Path log, int httpPort, Map<String, String> settings) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-jar",
            System.getProperty("server.jar"));
    builder.environment().put("TOWNCRIER_DATA_DIR", directory.resolve("data").toString());
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    builder.environment().putAll(settings);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }

  private HttpResponse<String> get(String path, String token) throws IOException {
    return send(request(path, token).GET());
  }

  /** From the management interface. */
  private HttpResponse<String> details(String path) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).GET());
  }

  private HttpResponse<String> post(String path, String token, String body) throws IOException {
    return send(
        request(path, token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    return token == null ? builder : builder.header("Authorization", "Bearer " + token);
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

  private static String read(Path log) {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
