package io.towncrier.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.SeenStatements;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a console asks for again and again. */
@QuarkusTest
@TestProfile(ByHand.class)
class LiveIT {
  private static final String LIVE = "/v1/admin/live";
  private static final String RELEASES = "/v1/admin/releases/";
  private static final Duration FRESH_FOR = Duration.ofMillis(1100);

  private final String product = "router-" + UUID.randomUUID();
  private final String release = product + ":2.0";

  @BeforeEach
  void publishInPhases() {
    Api.importSample();
    Api.operator()
        .body(Map.of("id", product, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    Api.operator()
        .body(
            Map.of(
                "product",
                product,
                "version",
                "2.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "New", "body", "All of it")),
                "rollout",
                Map.of(
                    "phases",
                    List.of(Map.of("percentage", 5, "soak", "P1D"), Map.of("percentage", 100)))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post(RELEASES + release + "/publish")
        .then()
        .statusCode(200);
  }

  @AfterEach
  void withdraw() {
    Api.operator().post(RELEASES + release + "/withdraw");
  }

  /** Of twenty pairs of looks, since a job may have made news, or asked the database, between. */
  @Test
  void aLookWithoutNewsIsA304ThatCostsNoSql() {
    // What is kept from before says nothing of the rollout.
    fresh();
    for (int i = 0; i < 20; i++) {
      String tag = Api.operator().get(LIVE).then().statusCode(200).extract().header("ETag");
      AtomicReference<Response> again = new AtomicReference<>();
      SeenStatements seen =
          SeenStatements.during(
              () -> again.set(Api.operator().header("If-None-Match", tag).get(LIVE)));
      if (again.get().statusCode() == 200) {
        assertThat(again.get().header("ETag")).as("there were news").isNotEqualTo(tag);
      } else if (seen.statements() == 0) {
        assertThat(again.get().statusCode()).isEqualTo(304);
        assertThat(again.get().asString()).isEmpty();
        assertThat(again.get().header("Towncrier-Poll-Seconds")).isEqualTo("2");
        return;
      }
    }
    throw new AssertionError("each of twenty looks had news, or asked the database");
  }

  @Test
  void whatMovesAndWhatIsAmissIsSeenWithinASecond() {
    Response before = fresh();
    before
        .then()
        .body("rollouts.findAll { it.release == '%s' }.percentage".formatted(release), contains(5f))
        .body("alarms.subject", not(hasItem(release)))
        .header("Towncrier-Poll-Seconds", "2");
    int topic = before.path("topics.rollouts");

    Api.operator().post(RELEASES + release + "/rollout/halt").then().statusCode(200);

    fresh()
        .then()
        .header("ETag", not(equalTo(before.header("ETag"))))
        .body("topics.rollouts", equalTo(topic + 1), "topics.audit", equalTo(topic + 1))
        .body("alarms.findAll { it.code == 'rollout-halted' }.subject", hasItem(release));
  }

  @Test
  void aNoticeOnItsWayIsThereWithItsCounts() {
    String notice = Api.announce("Moves", Map.of("devices", List.of(Api.phone("en").id())));

    fresh()
        .then()
        .body("notices.find { it.id == '%s' }.kind".formatted(notice), equalTo("announcement"))
        .body("notices.find { it.id == '%s' }.state".formatted(notice), equalTo("running"))
        .body("notices.find { it.id == '%s' }.deliveries.failed".formatted(notice), equalTo(0));

    Api.operator().post("/v1/admin/notices/" + notice + "/cancel");
  }

  @Test
  void theOverviewSaysWhatWaitsForWhomAndWhatComes() {
    Map<String, ?> audience = Map.of("devices", List.of(Api.phone("en").id()));
    String draft = Api.draft(Api.operator(), "Waits", audience);
    Api.operator()
        .get("/v1/admin/overview")
        .then()
        .statusCode(200)
        .body("waiting.find { it.id == '%s' }.next".formatted(draft), equalTo("start"))
        .body("waiting.find { it.id == '%s' }.title".formatted(draft), equalTo("Waits"))
        .body("waiting.find { it.id == '%s' }.allowed".formatted(draft), equalTo(true))
        .body("rollouts.release", hasItem(release))
        .body("upcoming.find { it.subject == '%s' }.what".formatted(release), equalTo("phase"))
        .body("upcoming.find { it.subject == '%s' }.percentage".formatted(release), equalTo(100f));
  }

  @Test
  void theCalendarNamesPhasesNoticesAndEndsOfSupport() {
    Api.operator()
        .body(
            Map.of(
                "id",
                product,
                "name",
                "R",
                "kind",
                "firmware",
                "defaultLanguage",
                "en",
                "supportedUntil",
                "2031-05-04",
                "revision",
                0))
        .put("/v1/admin/products/" + product)
        .then()
        .statusCode(200);
    String notice = scheduled("Grüße <b>", Instant.now().plus(Duration.ofDays(60)));
    Api.operator()
        .get("/v1/admin/calendar?to=2035-01-01T00:00:00Z")
        .then()
        .statusCode(200)
        .body("entries.findAll { it.subject == '%s' }.what".formatted(release), contains("phase"))
        .body("entries.find { it.subject == '%s' }".formatted(release), not(hasKey("title")))
        .body("entries.find { it.subject == '%s' }.title".formatted(notice), equalTo("Grüße <b>"))
        .body("entries.find { it.subject == '%s' }.title".formatted(product), equalTo("R"))
        .body(
            "entries.findAll { it.subject == '%s' }.at".formatted(product),
            contains("2031-05-04T00:00:00Z"));
    Api.operator().post("/v1/admin/notices/" + notice + "/cancel").then().statusCode(200);
    Api.operator()
        .get("/v1/admin/calendar?to=2999-01-01T00:00:00Z&from=soon")
        .then()
        .statusCode(400)
        .body("errors.field", contains("from", "to"));
  }

  /** Writes and starts an announcement to one device, for a moment to come. */
  private static String scheduled(String title, Instant at) {
    Map<String, Object> body =
        new HashMap<>(Api.announcement(title, Map.of("devices", List.of(Api.phone("en").id()))));
    body.put("schedule", Map.of("at", at.toString()));
    String notice = Api.operator().body(body).post("/v1/admin/notices").path("id");
    Api.operator()
        .post("/v1/admin/notices/" + notice + "/start")
        .then()
        .statusCode(200)
        .body("state", equalTo("scheduled"));
    return notice;
  }

  /** Behind whatever was looked at before. */
  private static Response fresh() {
    Await.aWhile(FRESH_FOR);
    return Api.operator().get(LIVE);
  }
}
