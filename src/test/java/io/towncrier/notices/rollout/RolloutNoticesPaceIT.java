package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Publications are told in pages and at a pace, and hold up nothing else. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class RolloutNoticesPaceIT extends ToldOfAProduct {
  @Inject SpreadAnew spread;

  @Test
  void aPauseIsAnsweredWhileTheNextPhaseIsBeingTold() throws Exception {
    publish("2.0", Map.of("phases", List.of(Map.of("percentage", 50))));
    announce();
    drain();
    List<Phone> first = told();
    phases("2.0", 1, List.of(Map.of("percentage", 100)));
    atEachDelivery("PERFORM pg_sleep(0.3);");
    CompletableFuture<Long> walk = CompletableFuture.supplyAsync(this::announce);
    Await.patiently("a page is told", () -> planned() > first.size());
    Api.operator().post("/v1/admin/notices/" + notice() + "/pause").then().statusCode(200);
    // It was answered while the walk went on, however much else the machine has to do.
    assertThat(walk).isNotDone();
    assertThat(walk.get(30, TimeUnit.SECONDS)).isEqualTo(PHONES - first.size());
    drain();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(first);
    Api.operator().post("/v1/admin/notices/" + notice() + "/resume").then().statusCode(200);
    drain();
    assertThat(phones).allMatch(phone -> fcm.to(phone.address()).size() == 1);
  }

  @Test
  void aNoticeThatIsBeingPlannedHoldsUpNeitherTheSendingNorThePauseOfAnother() throws Exception {
    publish("2.0", Map.of());
    announce();
    atEachDelivery("PERFORM pg_sleep(0.2);");
    String id = Api.draft(Api.operator(), "Large", Map.of("products", List.of(product)));
    CompletableFuture<Integer> start =
        CompletableFuture.supplyAsync(
            () -> Api.operator().post("/v1/admin/notices/" + id + "/start").statusCode());
    Await.patiently("it is being planned", this::isBeingPlanned);
    drain();
    assertThat(told()).hasSize(PHONES);
    Api.operator().post("/v1/admin/notices/" + notice() + "/pause").then().statusCode(200);
    assertThat(start).isNotDone();
    assertThat(start.get(30, TimeUnit.SECONDS)).isEqualTo(200);
  }

  @Test
  void aPageThatFailsLosesNothingAndNobodyIsToldTwice() {
    String last = text("SELECT max(d.id) FROM device AS d WHERE d.product_id = ?");
    atEachDelivery("IF NEW.device_id = '" + last + "' THEN RAISE 'no'; END IF;");
    publish("2.0", Map.of());
    assertThat(announce()).isBetween(1L, PHONES - 1L);
    drain();
    assertThat(announce()).isZero();
    forgetAtEachDelivery();
    assertThat(announce()).isPositive();
    assertThat(announce()).isZero();
    drain();
    assertThat(phones).allMatch(phone -> fcm.to(phone.address()).size() == 1);
  }

  @Test
  void whoHasTheTurnIsLeftToItUntilItDies() {
    publish("2.0", Map.of());
    run(
        "UPDATE rollout_stage SET walker = 'wlk_other', walked_until = now() + interval '1 minute'"
            + " WHERE product_id = $1",
        product);
    assertThat(announce()).isZero();
    run("UPDATE rollout_stage SET walked_until = now() WHERE product_id = $1", product);
    assertThat(announce()).isEqualTo(PHONES);
  }

  @Test
  void whatIsLateAfterAPauseOrAnOutageKeepsToThePaceOfTheDownloads() {
    publish("2.0", Map.of(), 2_000_000);
    announce();
    Api.operator().post("/v1/admin/notices/" + notice() + "/pause").then().statusCode(200);
    hoursPass();
    Api.operator().post("/v1/admin/notices/" + notice() + "/resume").then().statusCode(200);
    assertThat(pace()).isEqualTo("2 now");

    hoursPass();
    assertThat(await(spread.run(() -> true))).isGreaterThanOrEqualTo(PHONES);
    assertThat(pace()).isEqualTo("2 now");
    assertThat(await(spread.run(() -> true))).isZero();
  }

  @Test
  void whatAnOperatorSpreadStaysSpreadAfterAPause() {
    Map<String, Object> notice =
        new HashMap<>(Api.announcement("Spread", Map.of("products", List.of(product))));
    notice.put("schedule", Map.of("spreadSeconds", 3600));
    String id = Api.operator().body(notice).post("/v1/admin/notices").path("id");
    Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    Api.operator().post("/v1/admin/notices/" + id + "/pause").then().statusCode(200);
    run("UPDATE delivery SET due_at = now() - interval '2 hours' WHERE notice_id = $1", id);
    Api.operator().post("/v1/admin/notices/" + id + "/resume").then().statusCode(200);
    assertThat(
            Sql.text(
                "SELECT extract(epoch FROM max(due_at) - min(due_at))::int"
                    + " FROM delivery WHERE notice_id = ?",
                id))
        .isEqualTo("3450");
  }

  @Test
  void theyAreToldNoFasterThanTheDownloadsMayBe() {
    // A step of two seconds: 2 MB at 1 MB a second.
    publish("2.0", Map.of(), 2_000_000);
    announce();
    assertThat(pace()).isEqualTo("2 now");
  }

  /** The steps between due times, and whether the first was due lately. */
  private String pace() {
    return text(
        """
        SELECT string_agg(DISTINCT step::text, ' ')
          || CASE WHEN min(due_at) > now() - interval '30 seconds' THEN ' now' ELSE ' late' END
        FROM (
          SELECT d.due_at,
            round(extract(epoch FROM d.due_at - lag(d.due_at) OVER (ORDER BY d.due_at))) AS step
          FROM delivery AS d JOIN rollout_notice AS r ON r.notice_id = d.notice_id
          WHERE r.product_id = ?) AS steps
        """);
  }

  private void hoursPass() {
    run(
        """
        UPDATE delivery SET due_at = due_at - interval '3 hours'
        WHERE notice_id IN (SELECT r.notice_id FROM rollout_notice AS r WHERE r.product_id = $1)
        """,
        product);
  }

  private long planned() {
    return Long.parseLong(
        text(
            """
            SELECT count(*)::text FROM delivery AS d
            JOIN rollout_notice AS r ON r.notice_id = d.notice_id WHERE r.product_id = ?
            """));
  }

  private boolean isBeingPlanned() {
    return text("SELECT count(*)::text || ? FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        .equals("1" + product);
  }

  /** What the database does at each delivery to a device of the product. */
  private void atEachDelivery(String statements) {
    await(
        database.update(
            """
            CREATE OR REPLACE FUNCTION at_each_delivery() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
              IF EXISTS (SELECT 1 FROM device AS d
                WHERE d.id = NEW.device_id AND d.product_id = '%s') THEN
                %s
              END IF;
              RETURN NEW;
            END $$
            """
                .formatted(product, statements)));
    await(
        database.update(
            "CREATE TRIGGER at_each_delivery BEFORE INSERT ON delivery"
                + " FOR EACH ROW EXECUTE FUNCTION at_each_delivery()"));
  }

  @AfterEach
  void forgetAtEachDelivery() {
    await(database.update("DROP FUNCTION IF EXISTS at_each_delivery CASCADE"));
  }
}
