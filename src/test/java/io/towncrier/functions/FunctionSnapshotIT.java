package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.Tokens;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Checks without a database: from the snapshot that was published to S3. */
@Tag("zip")
class FunctionSnapshotIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PROMISED = Duration.ofSeconds(2);
  private static final String CHECK =
      """
      {"product":"towncrier_ax3000","version":"1.2.0","country":"DE"}
      """;
  // A database that nobody can reach.
  private static final Map<String, String> AWAY =
      Map.of("QUARKUS_DATASOURCE_REACTIVE_URL", "postgresql://127.0.0.1:1/postgres");

  private static int versions;

  private static LoopbackCell cell;
  private static FunctionProcess api;
  private static FunctionProcess check;

  private String first;

  @BeforeAll
  static void start() throws Exception {
    cell = LoopbackCell.shared();
    api = cell.start(FunctionPackage.API);
    check = cell.start(FunctionPackage.CHECK, LoopbackCell.withoutDatabase());
  }

  @AfterAll
  static void stop() throws Exception {
    check.close();
    api.close();
  }

  @BeforeEach
  void publishFirst() throws Exception {
    first = nextVersion();
    publish(first);
    Await.until("it is answered", PROMISED, () -> offered(check).equals(first));
  }

  @Test
  void aChangeIsAnsweredWithinTwoSecondsByAFunctionWithoutADatabase() throws Exception {
    assertThat(offered(check)).isEqualTo(first);
    String next = nextVersion();
    publish(next);
    Await.until("the change is answered", PROMISED, () -> offered(check).equals(next));
  }

  @Test
  void whatTheContainerWouldWriteIsWrittenWithoutItByteForByte() throws Exception {
    for (String facts :
        List.of(
            "{\"version\":\"1.2.0\",\"country\":\"DE\",\"timezone\":\"Europe/Berlin\",\"language\":\"de\"}",
            "{\"version\":\"1.2.0\",\"country\":\"US\",\"cohort\":\"c-7\"}",
            "{\"version\":\"9.0.0\"}",
            "{\"version\":\"1.2.0\",\"rollouts\":\"2f9c0k1v-in\"}",
            "{\"version\":\"no version\"}",
            "{\"version\":\"1.2.0\",\"country\":\"XX\",\"manual\":\"perhaps\"}")) {
      String event = "{\"product\":\"towncrier_ax3000\"," + facts.substring(1);
      JsonNode posted = http(api, "POST", "/v1/products/towncrier_ax3000/update", "", facts);
      assertThat(check.invoke(event)).isEqualTo(posted.path("body").asText());
    }
  }

  @Test
  void pollsSurviveTheLossOfTheDatabase() throws Exception {
    try (FunctionProcess cutOff = cell.start(FunctionPackage.API, AWAY)) {
      JsonNode answer =
          http(cutOff, "GET", "/v1/products/towncrier_ax3000/update", "version=1.2.0", null);
      assertThat(answer.path("statusCode").asInt()).as(answer.toString()).isEqualTo(200);
      JsonNode written = http(cutOff, "POST", "/v1/devices", "", "{\"kind\":\"phone\"}");
      assertThat(written.path("statusCode").asInt()).isGreaterThanOrEqualTo(400);
    }
  }

  @Test
  void aSnapshotThatIsNotSignedByUsIsNotTakenAndTheTickRepairsIt() throws Exception {
    String before = offered(check);
    byte[] good = cell.s3().get(LoopbackCell.SNAPSHOT);
    for (int at : new int[] {0, 10, 100, good.length - 1}) {
      byte[] bad = good.clone();
      bad[at] ^= 1;
      cell.s3().put(LoopbackCell.SNAPSHOT, bad);
      Thread.sleep(1_100);
      assertThat(offered(check)).as("the last good one").isEqualTo(before);
    }
    assertThat(check.log()).contains("\"SnapshotRefused\":1").contains("\"SnapshotAgeSeconds\":");
    cell.s3().put(LoopbackCell.SNAPSHOT, new byte[0]);
    try (FunctionProcess fresh =
        cell.start(FunctionPackage.CHECK, LoopbackCell.withoutDatabase())) {
      assertThat(fresh.invoke(CHECK))
          .as("without a good one there is no answer")
          .startsWith("error");
      try (FunctionProcess tick = cell.start(FunctionPackage.TICK)) {
        assertThat(JSON.readTree(tick.invoke("{}")).path("snapshotsPublished").asInt()).isOne();
        assertThat(JSON.readTree(tick.invoke("{}")).path("snapshotsPublished").asInt()).isZero();
      }
      assertThat(offered(fresh)).isEqualTo(before);
    }
  }

  @Test
  void anOlderSnapshotIsNotTakenForANewerOne() throws Exception {
    offered(check);
    byte[] old = cell.s3().get(LoopbackCell.SNAPSHOT);
    String next = nextVersion();
    publish(next);
    Await.until("the change is answered", PROMISED, () -> offered(check).equals(next));
    cell.s3().put(LoopbackCell.SNAPSHOT, old);
    Thread.sleep(2_500);
    assertThat(offered(check)).isEqualTo(next);
  }

  @Test
  void draftsAreNotInIt() throws Exception {
    JsonNode drafted = http(api, "POST", "/v1/admin/releases", "", draft("9.9.9"));
    assertThat(drafted.path("statusCode").asInt()).as(drafted.toString()).isEqualTo(201);
    String next = nextVersion();
    publish(next);
    Await.until("the change is answered", PROMISED, () -> offered(check).equals(next));
    byte[] object = cell.s3().get(LoopbackCell.SNAPSHOT);
    try (var zip =
        new java.util.zip.GZIPInputStream(
            new java.io.ByteArrayInputStream(object, 68, object.length - 68))) {
      assertThat(new String(zip.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
          .contains(next)
          .doesNotContain("9.9.9");
    }
  }

  private static String nextVersion() {
    versions++;
    return "1.3." + versions;
  }

  private static void publish(String version) throws Exception {
    JsonNode imported =
        http(
            api,
            "POST",
            "/v1/admin/catalogue",
            "",
            Api.sampleCatalogue().replace("\"1.3.0\"", "\"" + version + "\""));
    assertThat(imported.path("statusCode").asInt()).as(imported.toString()).isEqualTo(200);
  }

  private static String draft(String version) {
    return """
    {"product":"router-app-android","version":"%s","severity":"optional","publishedAt":"2026-05-04T08:00:00Z","notes":{"en":{"title":"T","body":"B"}},
     "artifacts":[{"name":"a","url":"https://downloads.example.com/a","size":1,
      "sha256":"4f53cda18c2baa0c0354bb5f9a3ecbe5ed12ab4d8e11ba873c2f11161202b945"}]}
    """
        .formatted(version);
  }

  private static String offered(FunctionProcess function) {
    try {
      return JSON.readTree(function.invoke(CHECK)).at("/release/version").asText();
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }

  private static JsonNode http(
      FunctionProcess function, String method, String path, String query, String body)
      throws Exception {
    Map<String, String> headers = new HashMap<>(Map.of("content-type", "application/json"));
    headers.put("authorization", "Bearer " + Tokens.operator("olga"));
    return JSON.readTree(
        function.invoke(LoopbackGateway.event(method, path, query, headers, body).toString()));
  }
}
