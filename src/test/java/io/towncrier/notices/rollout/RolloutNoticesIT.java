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
import io.towncrier.notices.FinishNotices;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Publications and phases tell those, and only those, whom they bring something. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class RolloutNoticesIT extends ToldOfAProduct {
  @Inject FinishNotices finish;

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
    assertThat(phones).allMatch(phone -> fcm.to(phone.address()).size() == 1);
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
  void aDeviceThatHasUpdatedMeanwhileGetsNothing() {
    publish("2.0", Map.of());
    announce();
    Phone updated = phones.get(0);
    updated
        .device()
        .as()
        .body(
            Map.of(
                "version", "2.0", "country", "DE", "timezone", "Europe/Berlin", "language", "en"))
        .post(updated.device().path("/check"))
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
                    + updated.device().id()
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
    assertThat(phones).allMatch(phone -> fcm.to(phone.address()).size() == 1);
  }

  @Test
  void aZoneThatNobodyKnowsKeepsNothingFromTheOthers() {
    run("UPDATE device SET time_zone = 'Mars/Base' WHERE id = $1", phones.get(0).device().id());
    publish("2.0", Map.of());
    assertThat(announce()).isEqualTo(PHONES);
    drain();
    // No hours are quiet to it, and it is day everywhere in its country.
    assertThat(told()).containsExactlyInAnyOrderElementsOf(phones);
    phones
        .get(0)
        .device()
        .as()
        .get(phones.get(0).device().path(""))
        .then()
        .statusCode(200)
        .body("timezone", equalTo("Mars/Base"));
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
    for (String device : List.of(own.id(), owner.device().id())) {
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

  private ValidatableResponse explain(Phone phone) {
    return Api.operator()
        .get("/v1/admin/notices/" + notice() + "/devices/" + phone.device().id())
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse inbox(Phone phone) {
    return phone.device().as().get(phone.device().path("/notices")).then().statusCode(200);
  }

  private static List<String> actionsOf(String notice) {
    return Api.operator().get("/v1/admin/audit?subject=" + notice).path("items.action");
  }

  private void steer(String step, int revision) {
    Api.operator()
        .body(Map.of("revision", revision))
        .post("/v1/admin/releases/" + product + ":2.0/rollout/" + step)
        .then()
        .statusCode(200);
  }
}
