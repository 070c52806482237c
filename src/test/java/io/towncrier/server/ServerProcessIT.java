package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import io.towncrier.testing.Tokens;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged server as an operator runs it: started, killed, started again, started twice. */
@BesideTheApplication
@Tag("zoneless")
class ServerProcessIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String CHECK = "/v1/products/towncrier_ax3000/update?version=1.2.0";

  private static final String PHONE =
      """
      {"kind":"phone","product":"router-app-android","version":"3.0.1",
       "country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;

  @TempDir Path directory;

  private ServerProcess server;

  @BeforeEach
  void notStarted() {
    server = new ServerProcess(directory);
  }

  @AfterEach
  void stop() throws InterruptedException {
    server.stop();
  }

  @Test
  void aRestartAndAKillKeepEverythingAndTheTokenIsShownOnce() throws Exception {
    server.start();
    String operator = shownToken();
    assertThat(server.post("/v1/admin/catalogue", operator, Api.sampleCatalogue()).statusCode())
        .isEqualTo(200);
    JsonNode phone = JSON.readTree(server.post("/v1/devices", null, PHONE).body());
    String before = server.get(CHECK, null).body();

    server.stop();
    server.start();
    assertThat(server.log()).doesNotContain("operator token");
    assertThat(server.get(CHECK, null).body()).isEqualTo(before);

    server.kill();
    server.start();
    String secret = phone.path("secret").asText();
    assertThat(server.get("/v1/devices/" + phone.path("deviceId").asText(), secret).statusCode())
        .isEqualTo(200);
    assertThat(server.post("/v1/admin/catalogue", operator, Api.sampleCatalogue()).statusCode())
        .isEqualTo(200);
    for (String hidden : List.of(operator, secret)) {
      assertThat(Files.readString(directory.resolve("data/operator-token.sha256")))
          .doesNotContain(hidden);
    }
  }

  @Test
  void aDatabaseThatIsKilledIsStartedAgainAndChecksGoOnMeanwhile() throws Exception {
    server.unpackingItself().start();
    server.post("/v1/admin/catalogue", shownToken(), Api.sampleCatalogue());
    String before = server.get(CHECK, null).body();
    assertThat(server.details("/q/health/ready").body()).contains("\"state\": \"current\"");
    assertThat(server.get("/q/health/ready", null).body())
        .contains("\"status\":\"UP\"")
        .doesNotContain("snapshot");

    Path pidFile = directory.resolve("data/postgres/postmaster.pid");
    long postmaster = Long.parseLong(Files.readAllLines(pidFile).get(0).trim());
    ProcessHandle.of(postmaster).orElseThrow().destroyForcibly();

    for (int i = 0; i < 20; i++) {
      HttpResponse<String> check = server.get(CHECK, null);
      assertThat(check.statusCode()).isEqualTo(200);
      assertThat(check.body()).isEqualTo(before);
    }
    // As docs/results.md says.
    Await.until(
        "what needs the database works again",
        Duration.ofSeconds(45),
        () -> {
          try {
            return server.post("/v1/devices", null, PHONE).statusCode() == 201;
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    assertThat(server.log()).contains("has ended by itself", "runs again");
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
    server.on(postgres).with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN).start();
    server.post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
    String before = server.get(CHECK, null).body();

    postgres.stop();
    Await.patiently(
        "health says that the snapshot may be behind",
        () -> {
          try {
            return server.details("/q/health/ready").body().contains("\"state\": \"stale\"");
          } catch (IOException broken) {
            throw new UncheckedIOException(broken);
          }
        });
    HttpResponse<String> health = server.get("/q/health/ready", null);
    assertThat(health.statusCode()).as("it still answers checks").isEqualTo(200);
    assertThat(health.body()).isEqualTo("{\"status\":\"UP\",\"state\":\"degraded\"}");
    assertThat(server.details("/q/health/ready").body()).contains("staleSince");
    for (int i = 0; i < 20; i++) {
      HttpResponse<String> check = server.get(CHECK, null);
      assertThat(check.statusCode()).isEqualTo(200);
      assertThat(check.body()).isEqualTo(before);
    }
    assertThat(server.details("/q/metrics").body())
        .contains("towncrier_updates_snapshot_stale 1.0");
  }

  @Test
  void aSecondServerOnTheSameDirectorySaysWhyItDoesNotStart() throws Exception {
    server.start();
    ServerProcess second = new ServerProcess(directory.resolve("second"));
    Files.createDirectory(directory.resolve("second"));
    Map<String, String> sameData = Map.of("TOWNCRIER_DATA_DIR", server.data().toString());
    assertThat(second.refusal(sameData))
        .contains("process " + server.pid() + " already uses the data directory")
        .contains("TOWNCRIER_DATA_DIR");
    assertThat(second.log()).doesNotContain("\tat ");
    assertThat(server.get("/q/health/ready", null).statusCode()).isEqualTo(200);
  }

  @Test
  void oidcThatIsHalfConfiguredIsRefusedInWords() throws Exception {
    assertThat(server.refusal(Map.of("QUARKUS_OIDC_PUBLIC_KEY", Tokens.publicKey())))
        .contains("Towncrier does not start: QUARKUS_OIDC_TOKEN_AUDIENCE must name this service");
    assertThat(server.log()).doesNotContain("\tat ");
    assertThat(server.data()).doesNotExist();
  }

  @Test
  void brokenPushCredentialsStopThePushesAndNothingElse() throws Exception {
    Path broken = Files.writeString(directory.resolve("account.json"), "{\"type\":");
    server.with("TOWNCRIER_FCM_CREDENTIALS", broken.toString()).start();
    assertThat(server.get("/q/health/ready", null).statusCode()).isEqualTo(200);
    Await.says(() -> server.detailsOf("/q/health/ready"), "degraded", "credentials-unusable");
    assertThat(server.detailsOf("/q/health/ready")).doesNotContain(broken.toString());
    assertThat(server.log()).contains("WARN", broken.toString());
    assertThat(server.get("/v1/products/none/update?version=1", null).statusCode()).isEqualTo(404);
    // The contract is public; the page to try it is for dev mode.
    for (int time = 1; time <= 2; time++) {
      HttpResponse<String> contract = server.get("/q/openapi", null);
      assertThat(contract.statusCode()).isEqualTo(200);
      assertThat(contract.body())
          .as("it is read when it is asked for, time " + time)
          .startsWith("---\nopenapi: 3.1")
          .contains("/v1/products/{product}/update:");
    }
    assertThat(server.get("/q/openapi?format=json", null).body()).startsWith("{");
    assertThat(server.get("/q/swagger-ui", null).statusCode()).isEqualTo(404);
  }

  private String shownToken() {
    Matcher token = Pattern.compile("operator token\\s+(op_\\w+)").matcher(server.log());
    assertThat(token.find()).as(server.log()).isTrue();
    return token.group(1);
  }
}
