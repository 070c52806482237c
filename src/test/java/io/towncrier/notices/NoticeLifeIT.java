package io.towncrier.notices;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.lessThan;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.mutiny.Uni;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A notice from its draft to its end, as an operator sees it. */
@QuarkusTest
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class NoticeLifeIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject StartScheduledNotices starter;
  @Inject FinishNotices finisher;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private Api.Registered phone;

  @BeforeEach
  void aPhoneOfItsOwn() {
    Api.importSample();
    phone = Api.phone("de");
  }

  @AfterEach
  void acceptAgain() {
    fcm.behave(arrival -> Answer.accepted());
  }

  @Test
  void aDraftIsWrittenAnewByWhoHasSeenIt() {
    String id = draft(Map.of());
    edit(id, 0, Map.of("ttlSeconds", 7200))
        .statusCode(200)
        .body("revision", equalTo(1), "ttlSeconds", equalTo(7200), "state", equalTo("draft"));
    edit(id, 0, Map.of("ttlSeconds", 60))
        .statusCode(409)
        .body("code", equalTo("stale-revision"))
        .body("current.revision", equalTo(1), "current.ttlSeconds", equalTo(7200));
    post(id, "/approve").statusCode(400);
    seeing(1, id, "/approve").statusCode(200).body("state", equalTo("approved"));
    edit(id, 2, Map.of()).statusCode(200).body("state", equalTo("draft"));

    Api.operator().header("If-Match", "\"1\"").delete(path(id)).then().statusCode(409);
    Api.operator().header("If-Match", "\"3\"").delete(path(id)).then().statusCode(204);
    show(id).statusCode(404).body("code", equalTo("unknown-notice"));
    Api.operator()
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body(
            "items.action",
            contains(
                "notice.deleted",
                "notice.edited",
                "notice.approved",
                "notice.edited",
                "notice.drafted"))
        .body("items[3].detail", equalTo("[ttlSeconds]"));
  }

  @Test
  void aPauseIsAnsweredWhenNothingIsBeingSentAndGoesOnWithWhatIsLeft() throws Exception {
    String address = "tok-" + UUID.randomUUID();
    phone.pushTo(address);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    String id = started(Map.of());
    Await.patiently("a push is on its way", () -> !fcm.to(address).isEmpty());
    CompletableFuture<Integer> pause =
        CompletableFuture.supplyAsync(() -> post(id, "/pause").extract().statusCode());
    Await.patiently("it is stored", () -> "paused".equals(show(id).extract().path("state")));
    Await.unanswered(pause, () -> show(id));
    release.countDown();
    assertThat(pause.get(10, TimeUnit.SECONDS)).isEqualTo(200);

    show(id).body("state", equalTo("paused"), "deliveries.halted", equalTo("notice-paused"));
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(id));
    post(id, "/pause").statusCode(409).body("code", equalTo("wrong-state"));
    post(id, "/resume").statusCode(200).body("state", equalTo("running"));
    done(id);
    assertThat(fcm.to(address)).hasSize(1);
    show(id).body("deliveries.accepted", equalTo(1), "deliveries.remaining", equalTo(0));
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(id));
    ValidatableResponse pushed =
        Api.operator().get(path(id) + "/devices/" + phone.id()).then().statusCode(200);
    Instant due = Instant.parse(pushed.extract().path("delivery.dueAt"));
    assertThat(due)
        .as("it was due before it was sent, whatever its lease")
        .isBefore(Instant.parse(pushed.extract().path("delivery.finishedAt")));
  }

  @Test
  void whatWaitsForAPausedNoticeWaitsAndComesOnce() {
    String address = "tok-" + UUID.randomUUID();
    phone.pushTo(address);
    String id = started(Map.of("schedule", Map.of("spreadSeconds", 3)));
    post(id, "/pause").statusCode(200);
    int before = fcm.to(address).size();
    int pending = show(id).extract().path("deliveries.pending");
    assertThat(before + pending).isEqualTo(1);
    post(id, "/resume").statusCode(200);
    done(id);
    assertThat(fcm.to(address)).hasSize(1);
  }

  @Test
  void whatAnErrorHasHaltedSaysSoAndCanBeResumed() {
    phone.pushTo("tok-" + UUID.randomUUID());
    // The answer about another phone is not there yet: the notice is not done.
    String other = "tok-" + UUID.randomUUID();
    Api.Registered second = Api.phone("en");
    second.pushTo(other);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          if (arrival.address().equals(other)) {
            Await.opened(release);
            return Answer.accepted();
          }
          return new Answer(400, "{\"error\":{\"status\":\"INVALID_ARGUMENT\"}}", Map.of());
        });
    String id = draft(Map.of("audience", Map.of("devices", List.of(phone.id(), second.id()))));
    post(id, "/start").statusCode(200).body("planned", equalTo(2));
    Await.patiently(
        "it is halted",
        () -> "INVALID_ARGUMENT".equals(show(id).extract().path("deliveries.halted")));
    post(id, "/resume").statusCode(200);
    show(id).body("deliveries.failed.INVALID_ARGUMENT", equalTo(1));
    release.countDown();
    done(id);
    post(id, "/resume").statusCode(409);
    post(id, "/cancel").statusCode(200).body("state", equalTo("cancelled"));
    phone.as().get(phone.path("/notices")).then().body("items", empty());
    post(id, "/resume").statusCode(409);
  }

  @Test
  void addressesThatWerePrunedAreCountedWhateverTheCode() {
    phone.pushTo("tok-" + UUID.randomUUID());
    fcm.behave(
        arrival ->
            Answer.error(
                400,
                "INVALID_ARGUMENT",
                "INVALID_ARGUMENT",
                "The registration token is not a valid FCM registration token"));
    String id = started(Map.of());
    done(id);
    show(id)
        .body("deliveries.failed.INVALID_ARGUMENT", equalTo(1), "deliveries.pruned", equalTo(1));
  }

  @Test
  void whatIsReleasedOfANoticeThatIsDoneCanBePaused() throws Exception {
    String address = "tok-" + UUID.randomUUID();
    phone.pushTo(address);
    String id = started(Map.of());
    done(id);
    post(id, "/pause").statusCode(409);
    Sql.run(
        "UPDATE delivery SET state = 'DEAD', reason = 'INTERNAL' WHERE notice_id = '" + id + "'");
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    Api.operator()
        .body(Map.of("notice", id))
        .post("/v1/admin/dead-letters/release")
        .then()
        .body("released", equalTo(1));
    Await.patiently("it is on its way again", () -> fcm.to(address).size() == 2);
    CompletableFuture<Integer> pause =
        CompletableFuture.supplyAsync(() -> post(id, "/pause").extract().statusCode());
    finisher.run().await().atMost(SOON);
    release.countDown();
    assertThat(pause.get(10, TimeUnit.SECONDS)).isEqualTo(200);
    show(id).body("state", equalTo("paused"));
    post(id, "/resume").statusCode(200);
    done(id);
  }

  @Test
  void aScheduledNoticeIsStartedOnceHoweverManyLook() throws Exception {
    Instant at = Instant.now().plusMillis(300);
    String id = draft(Map.of("schedule", Map.of("at", at.toString())));
    post(id, "/start").statusCode(200).body("state", equalTo("scheduled"), "planned", equalTo(0));
    phone.as().get(phone.path("/notices")).then().body("items", empty());
    Await.patiently("its moment has come", () -> Instant.now().isAfter(at));
    Uni.join()
        .all(starter.run(() -> true), starter.run(() -> true))
        .andFailFast()
        .await()
        .atMost(SOON);
    Await.patiently("it runs", () -> !"scheduled".equals(show(id).extract().path("state")));
    show(id).body("deliveries.planned", equalTo(1));
    Api.operator()
        .get("/v1/admin/audit?subject=" + id)
        .then()
        .body("items.action.findAll { it == 'notice.started' }.size()", equalTo(1));
  }

  @Test
  void aScheduledNoticeCanBeTakenBack() {
    String at = Instant.now().plusSeconds(3600).toString();
    String id = draft(Map.of("schedule", Map.of("at", at)));
    post(id, "/start").statusCode(200);
    post(id, "/cancel").statusCode(200).body("state", equalTo("cancelled"));
    post(id, "/start").statusCode(409);
    Api.operator()
        .get("/v1/admin/notices?state=cancelled")
        .then()
        .body("items.id", hasItem(id))
        .body("items.state", everyItem(equalTo("cancelled")));
  }

  @Test
  void aStartNeedsNoBodyAndNoContentType() {
    String id = draft(Map.of());
    seeing(7, id, "/start").statusCode(409).body("code", equalTo("stale-revision"));
    given()
        .header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN)
        .post(path(id) + "/start")
        .then()
        .statusCode(200)
        .body("state", equalTo("running"), "planned", equalTo(1));
  }

  @Test
  void whatIsWrongIsRefusedAtDraftingAndNamed() {
    refused(Map.of("defaultLanguage", "fr"), "texts.fr");
    refused(Map.of("texts", Map.of("en", text("T", "Hello {owner}"))), "texts.en.body");
    refused(
        Map.of("texts", Map.of("en", text("T", "B"), "zh", text("T", "\u7f51".repeat(1500)))),
        "texts.zh");
    refused(Map.of("texts", Map.of("en", text("T".repeat(201), "B"))), "texts.en.title");
    refused(
        Map.of("audience", Map.of("devices", List.of(), "countries", List.of("AQ"))), "audience");
    refused(Map.of("schedule", Map.of("at", "2020-01-01T00:00:00Z")), "schedule.at");
    refused(
        Map.of("schedule", Map.of("localTime", "09:00", "date", "2020-01-01")), "schedule.date");
    refused(Map.of("schedule", Map.of("localTime", "9:00")), "schedule.localTime");
    refused(Map.of("ttlSeconds", 28 * 86_400 + 1), "ttlSeconds");
    refused(Map.of("audience", Map.of("versions", Map.of("from", "1"))), "audience.versions");
    refused(Map.of("audience", Map.of("products", List.of("none"))), "audience.products[0]");
    refused(Map.of("audience", Map.of("devices", List.of("dev_x"))), "audience.devices[0]");
    refused(Map.of("kind", "security-incident"), "texts.en.incident.situation");
    refused(Map.of("kind", "policy-revision"), "policyChange");
    refused(Map.of("policyChange", "contact"), "policyChange");
    Map<String, Object> push = Map.of("kind", "push", "textVersion", "2026-03");
    refused(Map.of("asksConsent", push), "asksConsent");
    for (var wrong :
        Map.of(
                Map.of("kind", "gossip", "textVersion", "2026-03"), "asksConsent.kind",
                Map.of("kind", "push"), "asksConsent.textVersion",
                Map.of("kind", "push", "textVersion", "\u200b"), "asksConsent.textVersion",
                Map.of("kind", "push", "textVersion", "v".repeat(41)), "asksConsent.textVersion",
                Map.of("kind", "push", "textVersion", "1", "data", "x"), "asksConsent.data",
                Map.of("kind", "cross-border", "textVersion", "1", "data", "x"),
                    "asksConsent.recipient")
            .entrySet()) {
      refused(
          Map.of(
              "kind", "policy-revision", "policyChange", "contact", "asksConsent", wrong.getKey()),
          wrong.getValue());
    }
  }

  @Test
  void theAuditTellsOfAnAlteredAndOfARemovedEntry() {
    draft(Map.of());
    Api.operator().get("/v1/admin/audit/verification").then().body("intact", equalTo(true));
    int number = Api.operator().get("/v1/admin/audit").path("items[0].number");
    assertThat(Sql.fails("UPDATE audit_entry SET actor = 'x' WHERE number = " + number)).isTrue();

    Sql.withoutTriggers("UPDATE audit_entry SET actor = actor || '!' WHERE number = " + number);
    Api.operator()
        .get("/v1/admin/audit/verification")
        .then()
        .body("intact", equalTo(false), "brokenAt", equalTo(number));
    Sql.withoutTriggers(
        "UPDATE audit_entry SET actor = trim(trailing '!' from actor) WHERE number = " + number);
    Api.operator().get("/v1/admin/audit/verification").then().body("intact", equalTo(true));

    Sql.withoutTriggers(
        "CREATE TABLE kept AS SELECT * FROM audit_entry WHERE number = " + number,
        "DELETE FROM audit_entry WHERE number = " + number);
    Api.operator()
        .get("/v1/admin/audit/verification")
        .then()
        .body("intact", equalTo(false), "brokenAt", equalTo(number));
    Sql.withoutTriggers("INSERT INTO audit_entry SELECT * FROM kept", "DROP TABLE kept");
    Api.operator().get("/v1/admin/audit/verification").then().body("intact", equalTo(true));
    Api.operator()
        .get("/v1/admin/audit?after=" + number)
        .then()
        .body("items.number", everyItem(lessThan(number)));
  }

  private void refused(Map<String, ?> with, String field) {
    Map<String, Object> body = body(with);
    Api.operator()
        .body(body)
        .post("/v1/admin/notices")
        .then()
        .statusCode(400)
        .body("errors.field", hasItems(field));
  }

  private String draft(Map<String, ?> with) {
    return Api.operator()
        .body(body(with))
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .extract()
        .path("id");
  }

  private String started(Map<String, ?> with) {
    String id = draft(with);
    post(id, "/start").statusCode(200).body("planned", equalTo(1));
    return id;
  }

  private ValidatableResponse edit(String id, int revision, Map<String, ?> with) {
    Map<String, Object> body = body(with);
    body.put("revision", revision);
    return Api.operator().body(body).put(path(id)).then();
  }

  private Map<String, Object> body(Map<String, ?> with) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of(
                "kind",
                "announcement",
                "defaultLanguage",
                "en",
                "texts",
                Map.of("en", text("T", "B")),
                "audience",
                Map.of("devices", List.of(phone.id()))));
    body.putAll(with);
    return body;
  }

  private void done(String id) {
    Await.patiently(
        "it is done",
        () -> {
          finisher.run().await().atMost(SOON);
          return "done".equals(show(id).extract().path("state"));
        });
  }

  private static Map<String, String> text(String title, String body) {
    return Map.of("title", title, "body", body);
  }

  private static ValidatableResponse post(String id, String what) {
    return Api.operator().post(path(id) + what).then();
  }

  private static ValidatableResponse seeing(int revision, String id, String what) {
    return Api.operator().header("If-Match", "\"" + revision + "\"").post(path(id) + what).then();
  }

  private static ValidatableResponse show(String id) {
    return Api.operator().get(path(id)).then();
  }

  private static String path(String id) {
    return "/v1/admin/notices/" + id;
  }
}
