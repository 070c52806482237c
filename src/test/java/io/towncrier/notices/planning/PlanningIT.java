package io.towncrier.notices.planning;

import static io.towncrier.notices.planning.PlanningField.draft;
import static io.towncrier.notices.planning.PlanningField.explain;
import static io.towncrier.notices.planning.PlanningField.inbox;
import static io.towncrier.notices.planning.PlanningField.post;
import static io.towncrier.notices.planning.PlanningField.pushes;
import static io.towncrier.notices.planning.PlanningField.show;
import static io.towncrier.notices.planning.PlanningField.started;
import static io.towncrier.notices.planning.SmallPages.PAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.notices.planning.PlanningField.Phone;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A notice that is larger than its first page. */
@QuarkusTest
@TestProfile(SmallPages.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class PlanningIT {
  private static final int PHONES = 10;

  @Inject PlanningField field;

  private List<Phone> phones;

  @BeforeEach
  void aProductWithPhones() {
    phones = field.begin(PHONES);
  }

  @Test
  void aStartIsAnsweredWithItsFirstPageAndTheRestFollows() {
    String id = draft(field.announcement());
    post(id, "/start")
        .then()
        .statusCode(200)
        .body("state", equalTo("running"), "planned", equalTo(PAGE))
        .body("allPlanned", equalTo(false));
    field.drain();
    field.finish();
    show(id)
        .body("state", equalTo("running"), "planning.complete", equalTo(false))
        .body("deliveries.accepted", equalTo(PAGE), "deliveries.remaining", equalTo(0));
    assertThat(field.plan()).isEqualTo(PHONES - PAGE);
    show(id).body("planning.complete", equalTo(true), "deliveries.planned", equalTo(PHONES));
    field.drain();
    field.finish();
    show(id).body("state", equalTo("done"));
    assertThat(phones).allMatch(phone -> pushes(phone) == 1);
    assertThat(
            Api.operator().get("/v1/admin/audit?subject=" + id).<List<String>>path("items.action"))
        .containsExactly("notice.done", "notice.planned", "notice.started", "notice.drafted");
  }

  @Test
  void everyInboxHasItFromTheStartOnAndKeepsWhatItHasShown() {
    String id = started(field.announcement());
    Phone last = phones.get(PHONES - 1);
    Phone later = field.phone();
    explain(id, last)
        .body("addressed", equalTo(false), "notAddressedBecause", equalTo("not-planned-yet"));
    inbox(last).body("items.id", contains(id));
    explain(id, last).body("addressed", equalTo(true));
    inbox(later).body("items", empty());
    explain(id, later).body("notAddressedBecause", equalTo("registered-later"));
    Phone checking = phones.get(PHONES - 2);
    checking
        .device()
        .as()
        .body(
            Map.of(
                "version", "1.0", "country", "DE", "timezone", "Europe/Berlin", "language", "en"))
        .post(checking.device().path("/check"))
        .then()
        .statusCode(200)
        .body("unreadNotices", equalTo(1));

    // It is not the audience any more, and its page is still to come.
    field.run("UPDATE device SET product_id = 'elsewhere' WHERE id = $1", last.id());
    field.plan();
    inbox(last).body("items.id", contains(id));
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 1);
    assertThat(pushes(later)).isZero();
  }

  @Test
  void aPauseHoldsWhilePlanningGoesOn() {
    String id = started(field.announcement());
    post(id, "/pause").then().statusCode(200);
    field.plan();
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 0);
    assertThat(field.planned(id)).hasSize(PHONES);
    inbox(phones.get(PHONES - 1)).body("items.id", contains(id));
    post(id, "/resume").then().statusCode(200);
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 1);
  }

  @Test
  void aCancellationEndsThePlanningAndNothingIsSentOrShown() {
    String id = started(field.announcement());
    field.plan(1);
    post(id, "/cancel").then().statusCode(200).body("state", equalTo("cancelled"));
    assertThat(field.plan()).isZero();
    field.finish();
    assertThat(field.reasons(id)).hasSize(2 * PAGE).containsOnly("SUPPRESSED notice-cancelled");
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 0);
    inbox(phones.get(0)).body("items", empty());
    inbox(phones.get(PHONES - 1)).body("items", empty());
    post(id, "/start").then().statusCode(409).body("code", equalTo("wrong-state"));
    show(id).body("planning.complete", equalTo(true));
  }

  @Test
  void whatACancellationLeavesWaitingIsTakenBackPageByPage() {
    String id = started(field.announcement());
    field.plan();
    post(id, "/cancel").then().statusCode(200);
    assertThat(field.reasons(id)).contains("PENDING", "SUPPRESSED notice-cancelled");
    field.finish();
    assertThat(field.reasons(id)).hasSize(PHONES).containsOnly("SUPPRESSED notice-cancelled");
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 0);
  }

  @Test
  void anOptOutHoldsBeforeItsPageIsReached() {
    String id = started(field.announcement());
    Phone last = phones.get(PHONES - 1);
    last.device()
        .as()
        .body(Map.of("push", false))
        .put(last.device().path("/notification-alerts"))
        .then()
        .statusCode(200);
    field.plan();
    field.drain();
    assertThat(pushes(last)).isZero();
    assertThat(field.reasons(id)).contains("SUPPRESSED opted-out");
    assertThat(phones.subList(0, PHONES - 1)).allMatch(phone -> pushes(phone) == 1);
  }

  @Test
  void anAudienceThatShrinksToNothingEnds() {
    String id = started(field.announcement());
    field.run("UPDATE device SET product_id = 'elsewhere' WHERE product_id = $1", field.product());
    assertThat(field.plan()).isZero();
    field.drain();
    field.finish();
    show(id).body("state", equalTo("done"), "deliveries.planned", equalTo(PAGE));
  }

  @Test
  void whatExpiresBeforeItsPageIsPlannedAsExpired() {
    String id = started(field.announcement());
    field.run("UPDATE notice SET expires_at = now(), ttl_seconds = 0 WHERE id = $1", id);
    field.run("UPDATE push_content SET expires_at = now() WHERE notice_id = $1", id);
    field.plan();
    assertThat(field.reasons(id)).filteredOn("SUPPRESSED expired"::equals).hasSize(PHONES - PAGE);
    inbox(phones.get(PHONES - 1)).body("items.id", contains(id));
  }

  @Test
  void anIncidentIsPlannedBeforeEverythingElse() {
    String announcement = started(field.announcement());
    field.plan(1);
    String incident = started(incident());
    field.plan(2);
    assertThat(field.planned(announcement)).hasSize(2 * PAGE);
    assertThat(field.planned(incident)).hasSize(PHONES);
    field.plan();
    assertThat(field.planned(announcement)).hasSize(PHONES);
  }

  @Test
  void noticesOfOneKindTakeTurns() {
    String first = started(field.announcement());
    String second = started(field.announcement());
    field.plan(2);
    assertThat(field.planned(first)).hasSize(2 * PAGE);
    assertThat(field.planned(second)).hasSize(2 * PAGE);
    field.plan();
  }

  @Test
  void aPhoneThatIsAddressedItselfAndForARouterIsPlannedOnceForItself() {
    String model = PlanningField.newProduct("firmware");
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", model, "version", "1"));
    List<String> both = List.of(model, field.product());
    link(router.id(), phones.get(0).id(), phones.get(PHONES - 1).id());
    Map<String, Object> notice = field.announcement();
    notice.put("audience", Map.of("products", both));
    String id = started(notice);
    field.plan();
    assertThat(field.planned(id)).hasSize(PHONES + 1);
    assertThat(about(id)).isEmpty();

    // Who is not addressed itself is so for its router, also when it looks before the page.
    notice.put("audience", Map.of("products", List.of(model), "kind", "router"));
    String routers = started(notice);
    assertThat(about(routers)).containsExactly(router.id(), router.id());
    field.run("DELETE FROM delivery WHERE notice_id = $1", routers);
    field.run("UPDATE notice_walk SET through_at = NULL WHERE notice_id = $1", routers);
    inbox(phones.get(0)).body("items.id", contains(routers, id));
    assertThat(about(routers)).containsExactly(router.id());
    field.plan();
  }

  @Test
  void theFirstOfSeveralStartsCounts() {
    String id = draft(field.announcement());
    List<Integer> answers =
        Stream.generate(() -> CompletableFuture.supplyAsync(() -> post(id, "/start")))
            .limit(4)
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .map(Response::statusCode)
            .toList();
    assertThat(answers).containsOnlyOnce(200);
    assertThat(answers.stream().filter(code -> code == 409)).hasSize(3);
    field.plan();
    field.drain();
    assertThat(phones).allMatch(phone -> pushes(phone) == 1);
  }

  @Test
  void aStartThatIsCancelledAtOnceSendsNothingAfterTheCancellation() {
    String id = draft(field.announcement());
    CompletableFuture<Integer> start =
        CompletableFuture.supplyAsync(() -> post(id, "/start").statusCode());
    int cancelled = post(id, "/cancel").statusCode();
    int before = phones.stream().mapToInt(PlanningField::pushes).sum();
    assertThat(cancelled).isEqualTo(200);
    assertThat(start.join()).isIn(200, 409);
    field.plan();
    field.drain();
    assertThat(phones.stream().mapToInt(PlanningField::pushes).sum()).isEqualTo(before);
    inbox(phones.get(0)).body("items", empty());
  }

  @Test
  void whatWasPlannedIsComparedWithThePreview() {
    String id = draft(field.announcement());
    post(id, "/preview").then().statusCode(200).body("addressed", equalTo(PHONES));
    field.phone();
    field.run("UPDATE device SET product_id = 'elsewhere' WHERE id = $1", phones.get(0).id());
    post(id, "/start").then().statusCode(200);
    show(id)
        .body("planning.previewed.addressed", equalTo(PHONES))
        .body("planning.previewed.changedSince", equalTo(null));
    field.plan();
    show(id)
        .body("deliveries.planned", equalTo(PHONES))
        .body("planning.previewed.registeredSince", equalTo(1))
        .body("planning.previewed.changedSince", equalTo(-1));
  }

  @Test
  void aDeviceListIsWalkedAndOneThatIsTooLongIsRefused() {
    Map<String, Object> notice = field.announcement();
    notice.put("audience", Map.of("devices", phones.stream().map(Phone::id).toList()));
    String id = started(notice);
    assertThat(field.planned(id)).hasSize(PAGE);
    field.plan();
    assertThat(field.planned(id)).hasSize(PHONES);

    List<String> ids = Stream.generate(() -> Ids.next("dev")).limit(100_000).toList();
    notice.put("audience", Map.of("devices", ids));
    Api.operator()
        .body(notice)
        .post("/v1/admin/notices")
        .then()
        .statusCode(413)
        .body("code", equalTo("body-too-large"));
  }

  @Test
  void versionsAndLanguagesAreThoseOfTheMomentOfThePage() {
    field.run(
        "UPDATE device SET version = '2.0', language = 'fr' WHERE id = $1", phones.get(9).id());
    field.run("UPDATE device SET version = '9.0' WHERE id = $1", phones.get(0).id());
    Map<String, Object> notice = field.announcement();
    notice.put(
        "audience",
        Map.of(
            "products", List.of(field.product()),
            "versions", Map.of("before", "2.0"),
            "languages", List.of("en")));
    String id = started(notice);
    field.run(
        "UPDATE device SET version = '1.5', language = 'en-GB' WHERE id = $1", phones.get(9).id());
    field.plan();
    assertThat(field.planned(id))
        .containsExactlyElementsOf(phones.stream().skip(1).map(Phone::id).toList());
  }

  @Test
  void aPageThatIsDueLaterThanAllBeforeLetsTheNoticeLiveLonger() {
    field.run(
        "UPDATE device SET time_zone = 'Pacific/Auckland' WHERE product_id = $1", field.product());
    field.run("UPDATE device SET time_zone = 'Pacific/Honolulu' WHERE id = $1", phones.get(9).id());
    Map<String, Object> notice = field.announcement();
    notice.put(
        "schedule",
        Map.of("localTime", "12:00", "date", LocalDate.now(ZoneOffset.UTC).plusDays(3).toString()));
    notice.put("ttlSeconds", 3600);
    String id = started(notice);
    String first = show(id).extract().path("expiresAt");
    field.plan();
    assertThat(show(id).extract().<String>path("expiresAt")).isNotEqualTo(first);
    assertThat(
            field.texts(
                """
                SELECT 'yes' AS text FROM delivery AS d
                JOIN push_content AS c ON c.notice_id = d.notice_id
                JOIN notice AS n ON n.id = d.notice_id
                WHERE d.notice_id = $1 AND c.expires_at = n.expires_at
                GROUP BY c.expires_at HAVING max(d.due_at) <= c.expires_at - interval '1 hour'
                """,
                id))
        .containsExactly("yes");
  }

  private Map<String, Object> incident() {
    Map<String, Object> notice = field.announcement();
    notice.put("kind", "security-incident");
    notice.put(
        "texts",
        Map.of(
            "en",
            Map.of(
                "title", "T",
                "body", "B",
                "incident",
                    Map.of(
                        "situation",
                        "s",
                        "measures",
                        "m",
                        "selfProtection",
                        "s",
                        "remedies",
                        "r"))));
    return notice;
  }

  private List<String> about(String notice) {
    return field.texts(
        """
        SELECT d.about_device_id AS text FROM delivery AS d
        WHERE d.notice_id = $1 AND d.about_device_id IS NOT NULL
        """,
        notice);
  }

  private void link(String... devices) {
    String account = Ids.next("acc");
    field.run(
        "INSERT INTO account (id, subject_index, subject_sealed, created_at)"
            + " VALUES ($1, decode(md5($1), 'hex'), '\\x00', now())",
        account);
    for (String device : devices) {
      field.run(
          "INSERT INTO device_account (device_id, account_id) VALUES ('" + device + "', $1)",
          account);
    }
  }
}
