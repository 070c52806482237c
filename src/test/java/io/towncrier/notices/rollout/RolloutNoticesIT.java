package io.towncrier.notices.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.notices.FinishNotices;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Publications and phases tell those, and only those, whom they bring something. */
@QuarkusTest
@TestProfile(RolloutNoticesIT.Announcing.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class RolloutNoticesIT {
  private static final int PHONES = 24;

  @Inject AnnounceRollouts announce;
  @Inject FinishNotices finish;
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
                WHERE r.product_id = $1 GROUP BY n.state
                """))
        .isEqualTo("STARTED" + PHONES);
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
        .statusCode(200);
    drain();
    assertThat(told()).hasSize(PHONES - 1).doesNotContain(updated);
    assertThat(
            text(
                "SELECT d.reason FROM delivery AS d WHERE d.reason IS NOT NULL AND $1 <> ''"
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
                WHERE r.product_id = $1
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
    assertThat(
            text(
                """
                SELECT string_agg(DISTINCT step::text, ' ') FROM (
                  SELECT round(extract(epoch FROM d.due_at - lag(d.due_at) OVER (ORDER BY d.due_at)))
                    AS step
                  FROM delivery AS d JOIN rollout_notice AS r ON r.notice_id = d.notice_id
                  WHERE r.product_id = $1) AS steps
                """))
        .isEqualTo("2");
  }

  @Test
  void aNoticeThatWasTakenBackStaysSo() {
    publish("2.0", Map.of("phases", List.of(Map.of("percentage", 50))));
    announce();
    String notice = text("SELECT r.notice_id FROM rollout_notice AS r WHERE r.product_id = $1");
    Api.operator().post("/v1/admin/notices/" + notice + "/cancel").then().statusCode(200);
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
  }

  @Test
  void whatWasOutBeforeTheProductWasFirstSeenIsNoNews() {
    publish("2.0", Map.of());
    run(
        "UPDATE rollout_stage SET since = clock_timestamp(), stage = 'another' WHERE product_id = $1",
        product);
    assertThat(announce()).isZero();
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
    return await(database.rows(sql, row -> row.text(0), product)).get(0);
  }

  private void run(String sql, String parameter) {
    await(database.update(sql, parameter));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  private record Phone(Api.Registered device, String cohort, String address) {}

  /** The test looks itself, and the budget is small. */
  public static final class Announcing implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.scheduler.enabled", "false",
          "towncrier.rollout-notices.enabled", "true",
          // Every hour is a decent one, or the test would depend on when it runs.
          "towncrier.rollout-notices.hours-from", "00:00",
          "towncrier.rollout-notices.hours-to", "23:59",
          "towncrier.rollout-notices.download-budget", "1000000");
    }
  }
}
