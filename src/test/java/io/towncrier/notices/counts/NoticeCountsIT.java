package io.towncrier.notices.counts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The counts of notices are their deliveries, whatever happens to them. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class NoticeCountsIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Rows in which the counts differ from the deliveries; the first two from both sides. */
  private static final String DIFFERENCES =
      """
      WITH counted AS (
        SELECT now.notice_id, now.value, now.state, sum(now.devices) AS devices,
          sum(now.tried) AS tried, sum(now.pruned) AS pruned, sum(now.seen) AS seen
        FROM notice_now AS now WHERE now.axis = 'reason'
        GROUP BY 1, 2, 3),
      there AS (
        SELECT delivery.notice_id, coalesce(delivery.reason, '') AS value, delivery.state,
          count(*) AS devices, count(*) FILTER (WHERE attempts > 0) AS tried,
          count(*) FILTER (WHERE pruned) AS pruned, count(read_at) AS seen
        FROM delivery GROUP BY 1, 2, 3)
      SELECT count(*) FROM counted FULL JOIN there USING (notice_id, value, state)
      WHERE (coalesce(counted.devices, 0), coalesce(counted.tried, 0), coalesce(counted.pruned, 0),
          coalesce(counted.seen, 0))
        <> (coalesce(there.devices, 0), coalesce(there.tried, 0), coalesce(there.pruned, 0),
          coalesce(there.seen, 0))
      """;

  private final DrainOutbox drain;
  private final FoldNoticeCounts fold;

  NoticeCountsIT(DrainOutbox drain, FoldNoticeCounts fold) {
    this.drain = drain;
    this.fold = fold;
  }

  @Test
  void theyAreTheDeliveriesAtEveryStepOfTheirLife() {
    Api.importSample();
    Api.Registered pushed = Api.register(Map.of("language", "kw", "country", "FR"));
    pushed.pushTo("tok-" + UUID.randomUUID());
    Api.Registered silent = Api.register(Map.of("language", "kw", "country", "DE"));
    String notice = Api.announce("Counted", Map.of("devices", List.of(pushed.id(), silent.id())));
    same();
    assertThat(counted(notice, "country", "FR", "PLANNED")).isEqualTo("1");

    drain.run(Optional.empty(), () -> true).await().atMost(SOON);
    same();
    assertThat(counted(notice, "country", "FR", "ACCEPTED")).isEqualTo("1");
    assertThat(counted(notice, "country", "DE", "SUPPRESSED")).isEqualTo("1");
    assertThat(counted(notice, "language", "kw", "PLANNED")).isEqualTo("2");

    pushed.as().post(pushed.path("/notices/" + notice + "/read")).then().statusCode(204);
    progress(notice, pushed, silent);
    Sql.run("UPDATE delivery SET state = 'DEAD', pruned = true WHERE notice_id = ?", notice);
    same();
    Sql.run("UPDATE delivery SET state = 'PENDING', pruned = false WHERE notice_id = ?", notice);
    same();
    fold.run(() -> true).await().atMost(SOON);
    assertThat(Sql.text("SELECT count(*) FROM notice_change")).isEqualTo("0");
    same();
    assertThat(
            Sql.text(
                "SELECT sum(accepted) || ' ' || sum(seen) FROM notice_series WHERE notice_id = ?",
                notice))
        .as("one came and went")
        .isEqualTo("0 1");

    for (Api.Registered device : List.of(pushed, silent)) {
      device.as().delete(device.path("")).then().statusCode(204);
      same();
    }
    assertThat(counted(notice, "country", "FR", "PLANNED")).isEqualTo("1");
  }

  @Test
  void aNoticeThatRunsIsShownWithItsCounts() {
    Api.importSample();
    Api.Registered phone = Api.register(Map.of("language", "kw"));
    phone.pushTo("tok-" + UUID.randomUUID());
    Map<String, ?> audience = Map.of("devices", List.of(phone.id()));
    String notice = Api.announce("Live", audience);
    // A look holds for a second.
    Await.aWhile(Duration.ofMillis(1100));
    Api.operator()
        .get("/v1/admin/live")
        .then()
        .statusCode(200)
        .body("notices.find { it.id == '%s' }.state".formatted(notice), equalTo("running"))
        .body("notices.find { it.id == '%s' }.deliveries.planned".formatted(notice), equalTo(1))
        .body("notices.find { it.id == '%s' }.deliveries.remaining".formatted(notice), equalTo(1));
    Api.operator().post("/v1/admin/notices/" + notice + "/cancel").then().statusCode(200);
  }

  @Test
  void aNoticeIsShownFromItsCountsHoweverManyOfItsDeliveriesAreDone() {
    Api.importSample();
    Api.Registered phone = Api.register(Map.of("language", "kw"));
    String notice = Api.announce("Many", Map.of("devices", List.of(phone.id())));
    drain.run(Optional.empty(), () -> true).await().atMost(SOON);
    fold.run(() -> true).await().atMost(SOON);
    more(notice, 5_000_000);
    Api.operator()
        .get("/v1/admin/notices/" + notice)
        .then()
        .statusCode(200)
        .body("deliveries.planned", equalTo(5_000_001))
        .body("deliveries.suppressed['no-push-address']", equalTo(5_000_001))
        .body("deliveries.remaining", equalTo(0));
    more(notice, -5_000_000);
  }

  private static void more(String notice, int devices) {
    Sql.run(
        "UPDATE notice_count SET devices = devices + "
            + devices
            + " WHERE notice_id = ? AND axis = 'reason' AND state = 'SUPPRESSED'",
        notice);
  }

  private static void progress(String notice, Api.Registered pushed, Api.Registered silent) {
    String path = "/v1/admin/notices/" + notice;
    Api.operator()
        .get(path)
        .then()
        .statusCode(200)
        .body("deliveries.byState", equalTo(Map.of("accepted", 1, "suppressed", 1)))
        .body("deliveries.sent", equalTo(1), "deliveries.remaining", equalTo(0))
        .body("deliveries.perSecond", greaterThan(0f));
    Api.operator()
        .get(path + "/progress")
        .then()
        .statusCode(200)
        .body("readCount", equalTo(1))
        .body("countries.find { it.value == 'FR' }.accepted", equalTo(1))
        .body("countries.find { it.value == 'DE' }.suppressed", equalTo(1))
        .body("languages.find { it.value == 'kw' }.planned", equalTo(2));
    Api.operator()
        .get(path + "/progress/series?step=PT1H")
        .then()
        .statusCode(200)
        .body("step", equalTo("PT1H"))
        .body("steps.accepted.sum()", equalTo(1), "steps.suppressed.sum()", equalTo(1))
        .body("steps.read.sum()", equalTo(1));
    Api.operator()
        .get(path + "/deliveries?state=suppressed&reason=no-push-address")
        .then()
        .statusCode(200)
        .body("items.device", contains(silent.id()), "total", equalTo("1"));
    for (String unbounded : List.of("", "state=accepted&", "state=sending&")) {
      Api.operator()
          .get(path + "/deliveries?" + unbounded + "reason=no-push-address")
          .then()
          .statusCode(400)
          .body("errors[0].field", equalTo("reason"));
    }
    Api.operator()
        .get(path + "/deliveries?state=accepted")
        .then()
        .statusCode(200)
        .body("items.device", contains(pushed.id()))
        .body("items[0].readAt", notNullValue());
    String first =
        Api.operator()
            .get(path + "/deliveries?limit=1")
            .then()
            .body("total", equalTo("2"))
            .extract()
            .path("next");
    Api.operator()
        .get(path + "/deliveries?limit=1&after=" + first)
        .then()
        .body("items.size()", equalTo(1), "next", nullValue());
    Api.operator()
        .get("/v1/admin/notices/ntc_00000000000000000000000000/progress")
        .then()
        .statusCode(404);
  }

  private static void same() {
    assertThat(Sql.text(DIFFERENCES)).isEqualTo("0");
  }

  private static String counted(String notice, String axis, String value, String state) {
    return Sql.text(
        """
        SELECT sum(devices) FROM notice_now
        WHERE notice_id = ? AND axis = ? AND value = ? AND state = ?
        """,
        notice,
        axis,
        value,
        state);
  }
}
