package io.towncrier.delivery.ladder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.counts.FoldNoticeCounts;
import io.towncrier.privacy.retention.RemoveOverdue;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Phones tell with their checks what became of pushes; some of them lie, or tell it twice. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class LadderIT {
  private static final Duration SOON = Duration.ofSeconds(20);

  /** Steps that are counted and not there, or the other way round. */
  private static final String DIFFERENCES =
      """
      WITH there AS (
        SELECT delivery.notice_id, step.state, step.source
        FROM delivery CROSS JOIN LATERAL (VALUES
          ('ARRIVED', arrived_by), ('SHOWN', shown_by), ('OPENED', opened_by),
          ('DROPPED', dropped_by)) AS step (state, source)
        WHERE step.source IS NOT NULL AND delivery.notice_id = ?),
      counted AS (
        SELECT now.state, now.value, sum(now.devices) AS devices FROM notice_now AS now
        WHERE now.axis = 'step' AND now.notice_id = ? GROUP BY 1, 2)
      SELECT count(*) FROM counted
      FULL JOIN (
        SELECT state, source AS value, count(*) AS devices FROM there GROUP BY 1, 2) AS kept
        USING (state, value)
      WHERE coalesce(counted.devices, 0) <> coalesce(kept.devices, 0)
      """;

  private static final String STEPS =
      """
      SELECT concat_ws(' ', 'arrived:' || arrived_by, 'shown:' || shown_by, 'opened:' || opened_by,
        'dropped:' || dropped_because)
      FROM delivery WHERE notice_id = ? AND device_id = ?
      """;

  private final DrainOutbox drain;
  private final FoldNoticeCounts fold;
  private final RemoveOverdue remove;

  LadderIT(DrainOutbox drain, FoldNoticeCounts fold, RemoveOverdue remove) {
    this.drain = drain;
    this.fold = fold;
    this.remove = remove;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void whatAPhoneTellsIsShownWithWhoSaysSoAndCountedOnce() {
    Api.Registered phone = pushed();
    Api.Registered other = pushed();
    String notice = sent(phone, other);
    Instant now = Instant.now();
    List<Map<String, String>> told =
        List.of(
            receipt(notice, "arrived", now),
            receipt(notice, "shown", now),
            receipt(notice, "opened", now));
    for (int i = 0; i < 3; i++) {
      check(phone, told)
          .body("deliveryReceipts.recorded", equalTo(true))
          .body("deliveryReceipts.again", empty());
    }
    check(other, List.of(dropped(notice, "switched-off", now)));

    assertThat(steps(notice, phone)).isEqualTo("arrived:app shown:app opened:app");
    assertThat(steps(notice, other)).isEqualTo("arrived:app dropped:SWITCHED_OFF");
    assertThat(differences(notice)).isZero();
    progress(notice)
        .body("ladder.find { it.step == 'accepted' }.devices", equalTo(2))
        .body("ladder.find { it.step == 'shown' }.saidBy", hasSize(1))
        .body("ladder.find { it.step == 'shown' }.saidBy[0].source", equalTo("app"))
        .body("ladder.find { it.step == 'shown' }.devices", equalTo(1))
        .body("dropped.reason", contains("switched-off"))
        .body("shownWithin.reached", equalTo(1))
        .body("shownWithin.marks.seconds", contains(10, 60, 120, 600, 3600, 21_600))
        .body("shownWithin.marks[5].share", equalTo(1.0f));
    explained(notice, phone).body("delivery.ladder.step", contains("arrived", "shown", "opened"));
    phone.as().post(phone.path("/notices/" + notice + "/read")).then().statusCode(204);
    explained(notice, phone)
        .body("delivery.ladder[3].step", equalTo("seen"))
        .body("delivery.ladder[3].source", equalTo("inbox"));
    fold.run(() -> true).await().atMost(SOON);
    assertThat(differences(notice)).as("folded").isZero();
    progress(notice).body("ladder.find { it.step == 'seen' }.devices", equalTo(1));
  }

  @Test
  void nothingThatAPhoneInventsIsRecorded() {
    Api.Registered honest = pushed();
    Api.Registered liar = pushed();
    String notice = sent(honest);
    String own = sent(liar);
    Instant now = Instant.now();
    check(
            liar,
            List.of(
                receipt(notice, "shown", now),
                receipt(own, "shown", now.minus(Duration.ofHours(1))),
                receipt(own, "shown", now.plus(Duration.ofDays(1))),
                receipt(own, "held", now),
                receipt(own, "seen", now),
                receipt(own, "accepted", now),
                receipt("' OR true --", "shown", now),
                Map.of("notice", own, "step", "shown"),
                Map.of("notice", own, "step", "shown", "at", "yesterday")))
        .body("deliveryReceipts.again", empty());
    assertThat(steps(notice, honest)).isEmpty();
    assertThat(steps(own, liar)).isEmpty();

    check(liar, List.of(receipt(own, "shown", now), dropped(own, "expired", now)));
    check(liar, List.of(dropped(own, "expired", now), receipt(own, "arrived", now)));
    assertThat(steps(own, liar)).isEqualTo("arrived:app shown:app");
    assertThat(differences(own)).isZero();
    assertThat(differences(notice)).isZero();
  }

  @Test
  void whatIsToldBeforeTheProviderHasAcceptedIsToldAgain() {
    Api.Registered phone = pushed();
    String notice = Api.announce("Early", Map.of("devices", List.of(phone.id())));
    List<Map<String, String>> told = List.of(receipt(notice, "shown", Instant.now()));
    check(phone, told).body("deliveryReceipts.again", contains(0));
    assertThat(steps(notice, phone)).isEmpty();
    drain.run(Optional.empty(), () -> true).await().atMost(SOON);
    check(phone, told).body("deliveryReceipts.again", empty());
    assertThat(steps(notice, phone)).isEqualTo("arrived:app shown:app");
    Sql.run("UPDATE delivery SET state = 'DEAD' WHERE notice_id = ?", notice);
    check(phone, List.of(receipt(notice, "opened", Instant.now())))
        .body("deliveryReceipts.again", empty());
    assertThat(steps(notice, phone)).isEqualTo("arrived:app shown:app");
  }

  @Test
  void aPhoneWhoseClockIsWrongIsUnderstoodAndMoreThanFiftyComeNextTime() {
    Api.Registered phone = pushed();
    String notice = sent(phone);
    Instant wrong = Instant.parse("2037-01-01T00:00:00Z");
    List<Map<String, String>> told =
        IntStream.range(0, 52)
            .mapToObj(i -> receipt(notice, "arrived", wrong))
            .collect(Collectors.toList());
    post(phone, Map.of("deliveryReceipts", told, "clock", wrong.plusSeconds(1).toString()))
        .body("deliveryReceipts.again", contains(50, 51));
    assertThat(steps(notice, phone)).isEqualTo("arrived:app");
    assertThat(
            Sql.text(
                "SELECT arrived_at BETWEEN finished_at AND now() FROM delivery WHERE notice_id = ?",
                notice))
        .isEqualTo("t");
  }

  @Test
  void whoSwitchesReceiptsOffIsToldSoAndNothingIsRecorded() {
    Api.Registered phone = pushed();
    String notice = sent(phone);
    switchReceipts(phone, false);
    List<Map<String, String>> told = List.of(receipt(notice, "shown", Instant.now()));
    check(phone, told)
        .body("deliveryReceipts.recorded", equalTo(false))
        .body("deliveryReceipts.again", empty());
    assertThat(steps(notice, phone)).isEmpty();
    assertThat(differences(notice)).isZero();
    switchReceipts(phone, true);
    check(phone, told).body("deliveryReceipts.recorded", equalTo(true));
    assertThat(steps(notice, phone)).isEqualTo("arrived:app shown:app");
  }

  @Test
  void aCheckWithoutReceiptsHasNoAnswerToThem() {
    Api.Registered phone = pushed();
    check(phone, List.of()).body("deliveryReceipts", nullValue());
    post(phone, Map.of("deliveryReceipts", "none")).body("deliveryReceipts", nullValue());
  }

  @Test
  void afterThirtyDaysOnlyCountsAreLeftAndNothingIsToldAnew() {
    Api.Registered phone = pushed();
    Api.Registered removed = pushed();
    String notice = sent(phone, removed);
    for (Api.Registered device : List.of(phone, removed)) {
      check(device, List.of(receipt(notice, "opened", Instant.now())));
    }
    Sql.run(
        """
        UPDATE delivery SET finished_at = now() - interval '31 days',
          steps_since = now() - interval '31 days'
        WHERE notice_id = ?
        """,
        notice);
    removed.as().delete(removed.path("")).then().statusCode(204);
    remove.run(() -> true).await().atMost(SOON);

    assertThat(steps(notice, phone)).isEmpty();
    assertThat(
            Sql.text(
                """
                SELECT count(*) FROM delivery
                WHERE notice_id = ? AND (steps_since IS NOT NULL OR opened_at IS NOT NULL)
                """,
                notice))
        .isEqualTo("0");
    check(phone, List.of(receipt(notice, "opened", Instant.now())))
        .body("deliveryReceipts.again", empty());
    assertThat(steps(notice, phone)).isEmpty();
    progress(notice)
        .body("ladder.find { it.step == 'opened' }.devices", equalTo(2))
        .body("ladder.find { it.step == 'accepted' }.devices", equalTo(2));
  }

  private static Api.Registered pushed() {
    Api.Registered phone = Api.register(Map.of("kit", "1"));
    phone.pushTo("tok-" + UUID.randomUUID());
    return phone;
  }

  private String sent(Api.Registered... devices) {
    List<String> ids = List.of(devices).stream().map(Api.Registered::id).toList();
    String notice = Api.announce("Ladder", Map.of("devices", ids));
    drain.run(Optional.empty(), () -> true).await().atMost(SOON);
    return notice;
  }

  private static void switchReceipts(Api.Registered phone, boolean on) {
    phone
        .as()
        .body(Map.of("deliveryReceipts", on))
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200)
        .body("deliveryReceipts", equalTo(on));
  }

  private static Map<String, String> receipt(String notice, String step, Instant at) {
    return Map.of("notice", notice, "step", step, "at", at.toString());
  }

  private static Map<String, String> dropped(String notice, String reason, Instant at) {
    return Map.of("notice", notice, "step", "dropped", "at", at.toString(), "reason", reason);
  }

  private static ValidatableResponse check(
      Api.Registered device, List<Map<String, String>> receipts) {
    return post(device, receipts.isEmpty() ? Map.of() : Map.of("deliveryReceipts", receipts));
  }

  private static ValidatableResponse post(Api.Registered device, Map<String, ?> body) {
    return device.as().body(body).post(device.path("/check")).then().statusCode(200);
  }

  private static ValidatableResponse progress(String notice) {
    return Api.operator().get("/v1/admin/notices/" + notice + "/progress").then().statusCode(200);
  }

  private static ValidatableResponse explained(String notice, Api.Registered device) {
    return Api.operator()
        .header("Towncrier-Reason", "ticket 1")
        .get("/v1/admin/notices/" + notice + "/devices/" + device.id())
        .then()
        .statusCode(200);
  }

  private static String steps(String notice, Api.Registered device) {
    return Sql.text(STEPS, notice, device.id());
  }

  private static long differences(String notice) {
    return Long.parseLong(Sql.text(DIFFERENCES, notice, notice));
  }
}
