package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The main job, end to end over HTTP, whatever answers there; FCM is on loopback. */
abstract class Story {
  private final LoopbackFcm fcm = LoopbackFcm.running();

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void acceptAgain() {
    fcm.behave(arrival -> Answer.accepted());
  }

  @Test
  void afterAnAcknowledgedOptOutNothingIsPushedAndTheNoticeIsFoundInApp() {
    String address = address();
    Api.Registered phone = Api.phone("de-AT");
    phone.pushTo(address);

    String first = Api.announce("First", Map.of());
    arrives(address, 1);
    var message = fcm.to(address).get(0).message();
    assertThat(message.at("/notification/title").asText()).isEqualTo("First de");
    assertThat(message.at("/data/noticeId").asText()).isEqualTo(first);
    assertThat(message.at("/data/category").asText()).isEqualTo("announcement");
    assertThat(message.at("/data/link").asText()).isEqualTo("/notices/" + first);
    assertThat(message.at("/android/collapse_key").asText()).isEqualTo("announcement");
    assertThat(message.at("/android/notification/tag").asText()).isEqualTo(first);
    assertThat(message.at("/android/ttl").asText()).endsWith("s");
    assertThat(message.toString()).doesNotContain(phone.id());

    phone
        .as()
        .body(Map.of("push", false))
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200)
        .body("push", equalTo(false))
        .body("revision", equalTo(1));
    String second = Api.announce("Second", Map.of());
    suppressed(second, "opted-out");

    assertThat(fcm.to(address)).hasSize(1);
    phone
        .as()
        .get(phone.path("/notices"))
        .then()
        .statusCode(200)
        .body("items[0].id", equalTo(second))
        .body("items[0].title", equalTo("Second de"))
        .body("items.id", hasItem(first));
  }

  @Test
  void anAppWithTheKitIsGivenDataUntilAnotherVersionOfItHasNoKit() {
    String address = address();
    Api.Registered phone = Api.register(Map.of("kit", "1"));
    phone.pushTo(address);
    assertThat(isShownByTheApp(address, 1)).isTrue();
    check(phone, Map.of("version", "3.0.1"));
    assertThat(isShownByTheApp(address, 2)).isTrue();
    check(phone, Map.of("version", "3.0.2"));
    assertThat(isShownByTheApp(address, 3)).isFalse();
    check(phone, Map.of("version", "3.0.2", "kit", "1.2"));
    assertThat(isShownByTheApp(address, 4)).isTrue();
    check(phone, Map.of("kit", "not a version"));
    assertThat(isShownByTheApp(address, 5)).isFalse();
  }

  @Test
  void aNewerNoticeThatMayHaveTakenThePlaceOfAnotherIsNamed() {
    String address = address();
    Api.Registered phone = Api.phone("fi");
    phone.pushTo(address);
    Map<String, Object> finnish = Map.of("languages", List.of("fi"));
    String first = Api.announce("First", finnish);
    accepted(first);
    String second = Api.announce("Second", finnish);
    accepted(second);
    assertThat(replacedBy(first, phone)).isEqualTo(second);
    assertThat(replacedBy(second, phone)).isNull();
  }

  private static void accepted(String notice) {
    Await.patiently("it is accepted", () -> count(notice, "byState.accepted") == 1);
  }

  private static String replacedBy(String notice, Api.Registered phone) {
    return Api.operator()
        .header("Towncrier-Reason", "a user asks")
        .get("/v1/admin/notices/" + notice + "/devices/" + phone.id())
        .path("delivery.replacedBy");
  }

  private static void check(Api.Registered phone, Map<String, String> said) {
    phone.as().body(said).post(phone.path("/check")).then().statusCode(200);
  }

  private boolean isShownByTheApp(String address, int count) {
    Api.announce("Number " + count, Map.of());
    arrives(address, count);
    var message = fcm.to(address).get(count - 1).message();
    assertThat(message.has("notification")).isNotEqualTo(message.at("/android/data").has("title"));
    return !message.has("notification");
  }

  /** The opt-out is stored, and waits for what is in flight. */
  void staysUnanswered(CompletableFuture<?> optOut, Api.Registered phone) {
    String alerts = phone.path("/notification-alerts");
    Await.patiently("it is stored", () -> !phone.as().get(alerts).<Boolean>path("push"));
    Await.unanswered(optOut, () -> phone.as().get(alerts));
  }

  @Test
  void anOptOutIsNotAcknowledgedWhileAPushIsBeingSent() throws Exception {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    Api.announce("Slow", Map.of());
    arrives(address, 1);

    CompletableFuture<Long> optOut =
        CompletableFuture.supplyAsync(
            () -> {
              phone
                  .as()
                  .body(Map.of("push", false))
                  .put(phone.path("/notification-alerts"))
                  .then()
                  .statusCode(200);
              return System.nanoTime();
            });
    staysUnanswered(optOut, phone);
    long released = System.nanoTime();
    release.countDown();
    assertThat(optOut.get(10, TimeUnit.SECONDS)).isGreaterThan(released);
  }

  @Test
  void bothTheAccountAndTheDeviceMustAllowAPushAndACategoryCanBeOff() {
    String address = address();
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    phone
        .as()
        .body(Map.of("pushCategories", Map.of("announcement", false)))
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200)
        .body("pushCategories.announcement", equalTo(false))
        .body("pushCategories.security", equalTo(true));
    String notice = Api.announce("Off", Map.of());
    suppressed(notice, "category-off");
    assertThat(fcm.to(address)).isEmpty();
  }

  @Test
  void previewAsksTheSameRuleAsTheClaim() {
    Api.Registered reachable = Api.phone("sv");
    reachable.pushTo(address());
    Api.Registered unreachable = Api.phone("sv");
    Api.Registered optedOut = Api.phone("sv-FI");
    optedOut.pushTo(address());
    optedOut.as().body(Map.of("push", false)).put(optedOut.path("/notification-alerts"));
    String id =
        Api.operator()
            .body(
                Map.of(
                    "kind",
                    "app-update",
                    "defaultLanguage",
                    "en",
                    "texts",
                    Map.of("en", Map.of("title", "T", "body", "B")),
                    "audience",
                    Map.of("languages", List.of("sv"))))
            .post("/v1/admin/notices")
            .path("id");
    Api.operator()
        .post("/v1/admin/notices/" + id + "/preview")
        .then()
        .statusCode(200)
        .body("addressed", equalTo(3))
        .body("pushed", equalTo(1))
        .body("suppressed.opted-out", equalTo(1))
        .body("suppressed.no-push-address", equalTo(1))
        .body("byLanguage.sv", equalTo(2))
        .body("byCountry.DE", equalTo(3));
    unreachable
        .as()
        .get(unreachable.path("/notices"))
        .then()
        .body("items.id.findAll { it == '" + id + "' }", equalTo(List.of()));
  }

  @Test
  void anAddressThatMovesToAnotherPhoneIsPushedToOnce() {
    String address = address();
    Api.Registered before = Api.phone("fi");
    before.pushTo(address);
    Api.Registered after = Api.phone("fi");
    after.pushTo(address);
    before.as().get(before.path("")).then().body("pushAddress", equalTo(false));
    String id = Api.announce("Moved", Map.of("languages", List.of("fi")));
    arrives(address, 1);
    suppressed(id, "no-push-address");
    assertThat(fcm.to(address)).hasSize(1);
  }

  @Test
  void anUnregisteredAddressIsDroppedAndAWrongMessageHaltsItsNotice() {
    String gone = address();
    Api.Registered phone = Api.phone("nb");
    phone.pushTo(gone);
    fcm.behave(
        a ->
            a.address().equals(gone)
                ? Answer.error(404, "NOT_FOUND", "UNREGISTERED")
                : Answer.accepted());
    Api.announce("Gone", Map.of("languages", List.of("nb")));
    Await.patiently(
        "the address is dropped",
        () -> !phone.as().get(phone.path("")).<Boolean>path("pushAddress"));

    String fine = address();
    phone.pushTo(fine);
    fcm.behave(a -> new Answer(400, "{\"error\":{\"status\":\"INVALID_ARGUMENT\"}}", Map.of()));
    String halted = Api.announce("Wrong", Map.of("languages", List.of("nb")));
    Await.patiently(
        "the notice is halted",
        () ->
            "INVALID_ARGUMENT"
                .equals(
                    Api.operator().get("/v1/admin/notices/" + halted).path("deliveries.halted")));
    phone.as().get(phone.path("")).then().body("pushAddress", equalTo(true));

    // What an error has halted can still be taken back, and then nothing of it is left.
    Api.operator().post("/v1/admin/notices/" + halted + "/cancel").then().statusCode(200);
    Await.patiently("nothing is left", () -> count(halted, "byState.pending") == 0);
  }

  @Test
  void aRefusedTokenIsRenewedOnceAndTheMessageGoesOut() {
    String address = address();
    Api.Registered phone = Api.phone("da");
    phone.pushTo(address);
    int before = fcm.tokensFetched();
    fcm.behave(
        a ->
            fcm.to(address).size() == 1
                ? new Answer(401, "{\"error\":{\"status\":\"UNAUTHENTICATED\"}}", Map.of())
                : Answer.accepted());
    String id = Api.announce("Renew", Map.of("languages", List.of("da")));
    arrives(address, 2);
    Await.patiently("it is accepted", () -> count(id, "byState.accepted") == 1);
    assertThat(fcm.tokensFetched() - before).isBetween(1, 2);
  }

  @Test
  void aServerErrorIsTriedLaterAndNotAtOnce() {
    String address = address();
    Api.Registered phone = Api.phone("is");
    phone.pushTo(address);
    fcm.behave(a -> Answer.error(503, "UNAVAILABLE", "UNAVAILABLE"));
    String id = Api.announce("Later", Map.of("languages", List.of("is")));
    Await.patiently("it waits", () -> count(id, "byReason.UNAVAILABLE") == 1);
    assertThat(fcm.to(address)).hasSize(1);
    assertThat(count(id, "byState.pending")).isEqualTo(1);
  }

  @Test
  void aCancelledNoticeIsGoneFromTheInboxAndCannotStart() {
    Api.Registered phone = Api.phone("et");
    String id = Api.announce("Oops", Map.of("languages", List.of("et")));
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(id));
    Api.operator().post("/v1/admin/notices/" + id + "/cancel").then().statusCode(200);
    phone.as().get(phone.path("/notices")).then().body("items[0]", nullValue());
    Api.operator()
        .post("/v1/admin/notices/" + id + "/start")
        .then()
        .statusCode(409)
        .body("code", equalTo("wrong-state"));
  }

  @Test
  void aReadNoticeIsNoLongerCountedAsUnread() {
    Api.Registered phone = Api.phone("lv");
    String id = Api.announce("Read me", Map.of("languages", List.of("lv")));
    phone
        .as()
        .body(Map.of("version", "3.1.0", "language", "lv"))
        .post(phone.path("/check"))
        .then()
        .statusCode(200)
        .body("decision", equalTo("up-to-date"))
        .body("unreadNotices", equalTo(1));
    phone.as().post(phone.path("/notices/" + id + "/read")).then().statusCode(204);
    phone
        .as()
        .body(Map.of("version", "3.0.1"))
        .post(phone.path("/check"))
        .then()
        .body("decision", equalTo("offer"))
        .body("unreadNotices", equalTo(0));
  }

  private void arrives(String address, int messages) {
    Await.patiently("a push arrives", () -> fcm.to(address).size() >= messages);
  }

  private static void suppressed(String notice, String reason) {
    Await.patiently(
        "the delivery is suppressed", () -> count(notice, "byReason.'" + reason + "'") >= 1);
    Await.patiently("nothing is left", () -> count(notice, "byState.pending") == 0);
  }

  private static int count(String notice, String path) {
    Integer count = Api.operator().get("/v1/admin/notices/" + notice).path("deliveries." + path);
    return count == null ? 0 : count;
  }

  private static String address() {
    return "tok-" + UUID.randomUUID();
  }
}
