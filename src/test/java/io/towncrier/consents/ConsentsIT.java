package io.towncrier.consents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What people have agreed to, and what stops when they withdraw it. */
@QuarkusTest
@TestProfile(WithOidc.class)
class ConsentsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject DrainOutbox drain;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String user = Tokens.user("consenting-" + UUID.randomUUID());

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @AfterEach
  void everythingIsTaken() {
    fcm.behave(arrival -> Answer.accepted());
  }

  @Test
  void aWithdrawalOfPushIsAnsweredWhenNoPushIsInFlightAndNoneFollows() throws Exception {
    Api.Registered phone = Api.phone("en");
    agree(phone.as(), phone.path("/consents"), "2026-01");
    String address = Ids.next("tok");
    phone.pushTo(address);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          await(release);
          return Answer.accepted();
        });
    announce("First", phone);
    Await.patiently("a push is on its way", () -> fcm.to(address).size() == 1);
    CompletableFuture<ValidatableResponse> withdrawal =
        CompletableFuture.supplyAsync(() -> withdraw(phone.as(), phone.path("/consents")));
    Await.patiently(
        "it is stored",
        () ->
            "f"
                .equals(
                    Sql.text(
                        "SELECT coalesce((SELECT push FROM notification_alerts WHERE owner = ?),"
                            + " true)",
                        phone.id())));
    assertThat(withdrawal).as("a push is in flight").isNotDone();
    release.countDown();
    withdrawal.get(20, TimeUnit.SECONDS).statusCode(200);

    String second = announce("Second", phone);
    drain.run(Optional.of(second), () -> true).await().atMost(SOON);
    assertThat(fcm.to(address)).hasSize(1);
    phone.as().get(phone.path("/notices")).then().body("items", hasSize(2));
    // Who agrees again has not switched anything on.
    agree(phone.as(), phone.path("/consents"), "2026-01")
        .body("consents.withdrawn", contains(false));
    phone.as().get(phone.path("/notification-alerts")).then().body("push", equalTo(false));
  }

  @Test
  void aWithdrawalLeavesTheHistoryAsItWas() {
    Api.Registered phone = Api.phone("de");
    String path = phone.path("/consents");
    phone.as().get(path).then().statusCode(200).body("consents", empty(), "history", empty());
    agree(phone.as(), path, "2026-01");
    // The same again is no other act; another text is one.
    agree(phone.as(), path, "2026-01").body("history", hasSize(1));
    List<Map<String, Object>> before =
        agree(phone.as(), path, "2026-02")
            .body("history.textVersion", contains("2026-02", "2026-01"))
            .extract()
            .path("history");
    List<Map<String, Object>> after =
        withdraw(phone.as(), path)
            .body("history.withdrawn", contains(true, false, false))
            .body("consents.kind", contains("push"), "consents.withdrawn", contains(true))
            .extract()
            .path("history");
    assertThat(after.subList(1, 3)).isEqualTo(before);
    withdraw(phone.as(), path).body("history", hasSize(3));

    phone.as().delete(phone.path("")).then().statusCode(204);
    assertThat(Sql.text("SELECT count(*) FROM consent_act WHERE owner = ?", phone.id()))
        .isEqualTo("0");
  }

  @Test
  void aUsersWithdrawalHoldsForTheAccount() {
    Api.as(user).get("/v1/me/consents").then().statusCode(200).body("history", empty());
    agree(Api.as(user), "/v1/me/consents", "2026-01");
    withdraw(Api.as(user), "/v1/me/consents").body("consents.withdrawn", contains(true));
    Api.as(user).get("/v1/me/notification-alerts").then().body("push", equalTo(false));
    Api.as(Tokens.user("another-" + UUID.randomUUID()))
        .get("/v1/me/consents")
        .then()
        .body("history", empty());
  }

  @Test
  void nothingIsAgreedToByAccident() {
    Api.Registered phone = Api.phone("de");
    refused(phone, Map.of("kind", "push", "withdrwan", true), "withdrawn");
    refused(phone, Map.of("kind", "push", "withdrawn", false), "textVersion", "language");
    refused(phone, Map.of("kind", "gossip", "withdrawn", true), "kind");
    Map<String, Object> crossing =
        new HashMap<>(Map.of("kind", "cross-border", "withdrawn", false));
    crossing.putAll(Map.of("textVersion", "2026-01", "language", "de"));
    refused(phone, crossing, "data", "recipient");
    phone.as().get(phone.path("/consents")).then().body("history", empty());
  }

  @Test
  void whoAgreesAllTheTimeHasToWaitAndAWithdrawalNeverDoes() {
    Api.Registered phone = Api.phone("de");
    for (int i = 0; i < 60; i++) {
      agree(phone.as(), phone.path("/consents"), "v" + i);
    }
    phone
        .as()
        .body(text("v60"))
        .put(phone.path("/consents"))
        .then()
        .statusCode(429)
        .body("code", equalTo("too-many-requests"));
    withdraw(phone.as(), phone.path("/consents")).statusCode(200);
  }

  private static void refused(Api.Registered phone, Map<String, ?> body, String... fields) {
    phone
        .as()
        .body(body)
        .put(phone.path("/consents"))
        .then()
        .statusCode(400)
        .body("errors.field", contains(fields));
  }

  private static Map<String, Object> text(String version) {
    return Map.of("kind", "push", "withdrawn", false, "textVersion", version, "language", "de");
  }

  private static ValidatableResponse agree(RequestSpecification who, String path, String version) {
    return who.body(text(version)).put(path).then().statusCode(200);
  }

  private static ValidatableResponse withdraw(RequestSpecification who, String path) {
    return who.body(Map.of("kind", "push", "withdrawn", true)).put(path).then().statusCode(200);
  }

  private static String announce(String title, Api.Registered phone) {
    String operator = Tokens.operator("olga");
    String id = Api.draft(Api.as(operator), title, Map.of("devices", List.of(phone.id())));
    Api.as(operator).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(8, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
