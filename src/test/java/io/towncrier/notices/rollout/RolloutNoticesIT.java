package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publications and phases tell those, and only those, whom they bring something. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class RolloutNoticesIT {
  private static final int PHONES = 24;

  @Inject AnnounceRollouts announce;
  @Inject FinishNotices finish;
  @Inject SpreadAnew spread;
  @Inject DrainOutbox drain;
  @Inject Database database;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final List<Phone> phones = new ArrayList<>();
  private String product;

  @BeforeEach
  void aProductWithPhones() {
    product = "app-" + UUID.randomUUID();
    Api.operator()
        .body(Map.of("id", product, "name", "App", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    for (int i = 0; i < PHONES; i++) {
      phones.add(phone("1.0", "c-" + i));
    }
    announce();
  }

  @Test
  void thoseWhomACheckOffersItAreToldOnceAndTheNextPhaseTellsTheRest() {
    publish("2.0", Map.of("phases", List.of(Map.of("percentage", 50))));
    assertThat(announce()).isEqualTo(offered().size());
    List<Phone> first = offered();
    assertThat(first.size()).isBetween(1, PHONES - 1);
    drain();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(first);
    assertThat(announce()).isZero();
    explain(first.get(0))
        .body("addressed", equalTo(true))
        .body("updates[0].decision", equalTo("offer"))
        .body("updates[0].offered", equalTo("2.0"))
        .body("updates[0].notToldBecause", nullValue());
    Phone outside = phones.stream().filter(phone -> !first.contains(phone)).findFirst().get();
    explain(outside)
        .body("addressed", equalTo(false), "matchesNow", equalTo(false))
        .body("updates[0].version", equalTo("2.0"))
        .body("updates[0].decision", equalTo("held-back"))
        .body("updates[0].reason", equalTo("outside-rollout"))
        .body("updates[0].notToldBecause", equalTo("outside-rollout"));
    await(finish.run());

    phases("2.0", 1, List.of(Map.of("percentage", 100)));
    assertThat(announce()).isEqualTo(PHONES - first.size());
    drain();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(phones);
    assertThat(phones).allMatch(phone -> fcm.to(phone.address).size() == 1);
    assertThat(
            text(
                """
                SELECT n.state || count(*) FROM rollout_notice AS r
                JOIN notice AS n ON n.id = r.notice_id
                JOIN delivery AS d ON d.notice_id = n.id
                WHERE r.product_id = ? GROUP BY n.state
                """))
        .isEqualTo("STARTED" + PHONES);
    assertThat(actionsOf(notice()))
        .containsExactly("notice.reopened", "notice.done", "notice.started");
  }

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
    assertThat(phones).allMatch(phone -> fcm.to(phone.address).size() == 1);
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
    assertThat(phones).allMatch(phone -> fcm.to(phone.address).size() == 1);
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
  void aDeviceThatHasUpdatedMeanwhileGetsNothing() {
    publish("2.0", Map.of());
    announce();
    Phone updated = phones.get(0);
    updated
        .device
        .as()
        .body(
            Map.of(
                "version", "2.0", "country", "DE", "timezone", "Europe/Berlin", "language", "en"))
        .post(updated.device.path("/check"))
        .then()
        .statusCode(200)
        .body("unreadNotices", equalTo(0));
    inbox(updated).body("items", empty());
    inbox(phones.get(1)).body("items.title", contains("New"));
    drain();
    assertThat(told()).hasSize(PHONES - 1).doesNotContain(updated);
    assertThat(
            text(
                "SELECT d.reason FROM delivery AS d WHERE d.reason IS NOT NULL AND ? <> ''"
                    + " AND d.device_id = '"
                    + updated.device.id()
                    + "'"))
        .isEqualTo("updated-meanwhile");
  }

  @Test
  void whoWaitsForARolloutThatWasHaltedIsToldWhenItGoesOn() {
    publish("2.0", Map.of("phases", List.of(Map.of("percentage", 100))));
    announce();
    steer("halt", 1);
    drain();
    assertThat(told()).isEmpty();
    assertThat(
            text(
                """
                SELECT string_agg(DISTINCT d.state || ' ' || d.reason
                  || (d.due_at > now() + interval '4 minutes'), ',')
                FROM delivery AS d JOIN rollout_notice AS r ON r.notice_id = d.notice_id
                WHERE r.product_id = ?
                """))
        .isEqualTo("PENDING release-held-backtrue");
    steer("resume", 2);
    announce();
    run(
        """
        UPDATE delivery SET due_at = now() WHERE notice_id IN (
          SELECT r.notice_id FROM rollout_notice AS r WHERE r.product_id = $1)
        """,
        product);
    drain();
    assertThat(told()).containsExactlyInAnyOrderElementsOf(phones);
    assertThat(phones).allMatch(phone -> fcm.to(phone.address).size() == 1);
  }

  @Test
  void aZoneThatNobodyKnowsKeepsNothingFromTheOthers() {
    run("UPDATE device SET time_zone = 'Mars/Base' WHERE id = $1", phones.get(0).device.id());
    publish("2.0", Map.of());
    assertThat(announce()).isEqualTo(PHONES);
    drain();
    // No hours are quiet to it, and it is day everywhere in its country.
    assertThat(told()).containsExactlyInAnyOrderElementsOf(phones);
    phones
        .get(0)
        .device
        .as()
        .get(phones.get(0).device.path(""))
        .then()
        .statusCode(200)
        .body("timezone", equalTo("Mars/Base"));
  }

  @Test
  void theyAreToldNoFasterThanTheDownloadsMayBe() {
    // A step of two seconds: 2 MB at 1 MB a second.
    publish("2.0", Map.of(), 2_000_000);
    announce();
    assertThat(pace()).isEqualTo("2 now");
  }

  @Test
  void aNoticeThatWasTakenBackStaysSo() {
    publish("2.0", Map.of("phases", List.of(Map.of("percentage", 50))));
    announce();
    Api.operator().post("/v1/admin/notices/" + notice() + "/cancel").then().statusCode(200);
    phases("2.0", 1, List.of(Map.of("percentage", 100)));
    assertThat(announce()).isZero();
    drain();
    assertThat(told()).isEmpty();
  }

  @Test
  void aRouterIsToldOfOnThePhoneOfItsAccount() {
    Phone owner = phones.get(0);
    String router = product + "-router";
    Api.operator()
        .body(Map.of("id", router, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    Api.Registered own =
        Api.register(Map.of("kind", "router", "product", router, "version", "1.0"));
    Api.register(Map.of("kind", "router", "product", router, "version", "1.0"));
    // A phone that names the firmware of a router is told of its own app alone.
    Api.Registered odd = Api.register(Map.of("product", router, "version", "1.0"));
    String account = Ids.next("acc");
    run(
        "INSERT INTO account (id, subject_index, subject_sealed, created_at)"
            + " VALUES ($1, decode(md5($1), 'hex'), '\\x00', now())",
        account);
    for (String device : List.of(own.id(), owner.device.id())) {
      run(
          "INSERT INTO device_account (device_id, account_id) VALUES ('" + device + "', $1)",
          account);
    }
    announce();
    product = router;
    publish("2.0", Map.of());
    // Two routers, and the phone of one of them.
    assertThat(announce()).isEqualTo(3);
    drain();
    assertThat(told()).containsExactly(owner);
    Api.operator()
        .get("/v1/admin/notices/" + notice() + "/devices/" + odd.id())
        .then()
        .statusCode(200)
        .body("addressed", equalTo(false), "matchesNow", equalTo(false))
        .body("updates[0].decision", equalTo("offer"))
        .body("updates[0].notToldBecause", equalTo("other-kind"));
  }

  @Test
  void whatWasOutBeforeTheProductWasFirstSeenIsNoNews() {
    publish("2.0", Map.of());
    run(
        "UPDATE rollout_stage SET since = clock_timestamp(), stage = 'another' WHERE product_id ="
            + " $1",
        product);
    assertThat(announce()).isZero();
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

  private String notice() {
    return text("SELECT r.notice_id FROM rollout_notice AS r WHERE r.product_id = ?");
  }

  private long planned() {
    return Long.parseLong(
        text(
            """
            SELECT count(*)::text FROM delivery AS d
            JOIN rollout_notice AS r ON r.notice_id = d.notice_id WHERE r.product_id = ?
            """));
  }

  private ValidatableResponse explain(Phone phone) {
    return Api.operator()
        .get("/v1/admin/notices/" + notice() + "/devices/" + phone.device.id())
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse inbox(Phone phone) {
    return phone.device.as().get(phone.device.path("/notices")).then().statusCode(200);
  }

  private boolean isBeingPlanned() {
    return text("SELECT count(*)::text || ? FROM pg_stat_activity WHERE wait_event = 'PgSleep'")
        .equals("1" + product);
  }

  private static List<String> actionsOf(String notice) {
    return Api.operator().get("/v1/admin/audit?subject=" + notice).path("items.action");
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

  private void publish(String version, Map<String, ?> rollout) {
    publish(version, rollout, 1);
  }

  private void publish(String version, Map<String, ?> rollout, long size) {
    Map<String, Object> release =
        new HashMap<>(
            Map.of(
                "product",
                product,
                "version",
                version,
                "severity",
                "recommended",
                "publishedAt",
                "2026-01-01T00:00:00Z",
                "notes",
                Map.of("en", Map.of("title", "New", "body", "All of it")),
                "artifacts",
                List.of(
                    Map.of(
                        "name",
                        "a",
                        "url",
                        "https://example.com/a",
                        "size",
                        size,
                        "sha256",
                        "0".repeat(64)))));
    if (!rollout.isEmpty()) {
      release.put("rollout", rollout);
    }
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  private void phases(String version, int revision, List<?> phases) {
    Api.operator()
        .body(Map.of("revision", revision, "phases", phases))
        .put("/v1/admin/releases/" + product + ":" + version + "/rollout")
        .then()
        .statusCode(200);
  }

  private void steer(String step, int revision) {
    Api.operator()
        .body(Map.of("revision", revision))
        .post("/v1/admin/releases/" + product + ":2.0/rollout/" + step)
        .then()
        .statusCode(200);
  }

  private Phone phone(String version, String cohort) {
    Api.Registered device =
        Api.register(Map.of("product", product, "version", version, "cohort", cohort));
    Phone phone = new Phone(device, cohort, Ids.next("tok"));
    device.pushTo(phone.address);
    return phone;
  }

  /** To whom the anonymous check offers something. */
  private List<Phone> offered() {
    return phones.stream()
        .filter(
            phone ->
                Api.anonymous()
                    .get(
                        "/v1/products/%s/update?version=1.0&country=DE&timezone=Europe/Berlin&language=en&cohort=%s"
                            .formatted(product, phone.cohort))
                    .path("decision")
                    .equals("offer"))
        .toList();
  }

  private List<Phone> told() {
    return phones.stream().filter(phone -> !fcm.to(phone.address).isEmpty()).toList();
  }

  private long announce() {
    return await(announce.run(() -> true));
  }

  private void drain() {
    await(drain.run(Optional.empty(), () -> true));
  }

  private String text(String sql) {
    return Sql.text(sql, product);
  }

  private void run(String sql, String parameter) {
    await(database.update(sql, parameter));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  private record Phone(Api.Registered device, String cohort, String address) {}

  /** The test looks itself, and the budget is small. */
}
