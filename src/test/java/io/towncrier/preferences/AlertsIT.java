package io.towncrier.preferences;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.devices.Accounts;
import io.towncrier.devices.LinkAccount;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Notification alerts by channel and category, and the history of their changes. */
@QuarkusTest
class AlertsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject ChangeAlerts change;
  @Inject Accounts accounts;
  @Inject LinkAccount link;
  @Inject Database database;

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void whatChangesNothingMakesNoVersionAndNoHistory() {
    Api.Registered phone = Api.phone("en");
    put(phone, "{\"push\":false,\"revision\":0}", 200).body("revision", equalTo(1));
    for (int i = 0; i < 3; i++) {
      put(phone, "{\"push\":false}", 200).body("revision", equalTo(1));
    }
    // The revision that it was sent with counts as its own.
    put(phone, "{\"push\":false,\"revision\":0}", 200).body("revision", equalTo(1));
    put(phone, "{\"push\":true,\"revision\":0}", 409);
    phone
        .as()
        .get(phone.path("/notification-alerts/history"))
        .then()
        .body("items.revision", contains(1));
  }

  @Test
  void whoChangesTooMuchHasToWaitButNeverWithAnOptOut() {
    Api.Registered phone = Api.phone("en");
    for (int i = 0; i < 60; i++) {
      put(phone, "{\"push\":" + (i % 2 == 1) + "}", 200);
    }
    put(phone, "{\"push\":false}", 200).body("revision", equalTo(61));
    put(phone, "{\"push\":true}", 429).body("code", equalTo("too-many-requests"));
    put(phone, "{\"push\":false}", 200).body("revision", equalTo(61));
  }

  @Test
  void everythingIsOnToBeginWithAndTheEssentialCategoriesAreNamed() {
    Api.Registered phone = Api.phone("en");
    phone
        .as()
        .get(alerts(phone))
        .then()
        .statusCode(200)
        .body("push", equalTo(true))
        .body("pushCategories.announcement", equalTo(true))
        .body("inAppCategories.announcement", equalTo(true))
        .body("essential", contains("security", "policy"))
        .body("revision", equalTo(0));
  }

  @Test
  void whatIsSwitchedOffInAppIsPushedAllTheSameAndLeftOutOfTheInbox() {
    Api.Registered phone = Api.phone("ga");
    String address = Ids.next("tok");
    phone.pushTo(address);
    put(phone, "{\"inAppCategories\":{\"announcement\":false}}", 200)
        .body("inAppCategories.announcement", equalTo(false))
        .body("pushCategories.announcement", equalTo(true));
    String notice = Api.announce("Hidden", Map.of("languages", List.of("ga")));
    phone.as().get(phone.path("/notices")).then().body("items", empty());
    unread(phone, 0);
    Await.patiently("a push arrives", () -> LoopbackFcm.running().to(address).size() == 1);

    put(phone, "{\"inAppCategories\":{\"announcement\":true}}", 200);
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(notice));
    unread(phone, 1);
  }

  @Test
  void whatTheAccountHidesStaysHiddenOnADeviceThatItLetsGoUntilTheDeviceShowsIt() {
    Api.Registered phone = Api.phone("mi");
    Secret subject = new Secret(Ids.next("sub"));
    Secret secret = new Secret(phone.secret());
    link.link(phone.id(), secret, subject).await().atMost(SOON);
    String account = accounts.of(subject).await().atMost(SOON);
    change
        .run(
            account,
            AlertsChange.Source.ACCOUNT,
            Optional.empty(),
            now ->
                new NotificationAlerts(
                    true, Set.of(), Set.of(Category.ANNOUNCEMENT), Optional.empty(), now.version()))
        .await()
        .atMost(SOON);
    String notice = Api.announce("Hidden", Map.of("languages", List.of("mi")));
    phone.as().get(phone.path("/notices")).then().body("items", empty());

    assertThat(link.unlink(phone.id(), secret, subject).await().atMost(SOON)).isTrue();
    phone.as().get(phone.path("/notices")).then().body("items", empty());

    put(phone, "{\"inAppCategories\":{\"announcement\":true}}", 200);
    phone.as().get(phone.path("/notices")).then().body("items.id", contains(notice));
  }

  @Test
  void anEssentialCategoryCannotBeHiddenInAppAndItsPushAlwaysCanBeOff() {
    Api.Registered phone = Api.phone("en");
    put(phone, "{\"push\":false,\"inAppCategories\":{\"security\":false,\"policy\":false}}", 400)
        .body("code", equalTo("invalid-request"))
        .body("errors.field", contains("inAppCategories.security", "inAppCategories.policy"));
    phone.as().get(alerts(phone)).then().body("revision", equalTo(0)).body("push", equalTo(true));

    put(
            phone,
            "{\"pushCategories\":{\"security\":false},\"inAppCategories\":{\"security\":true}}",
            200)
        .body("pushCategories.security", equalTo(false))
        .body("inAppCategories.security", equalTo(true));
  }

  @Test
  void whatIsNotKnownIsRefusedByNameBesideWhatIs() {
    Api.Registered phone = Api.phone("en");
    for (String unknown :
        List.of(
            "{\"sms\":false}",
            "{\"push\":false,\"email\":{\"security\":false}}",
            "{\"inAppCategories\":{\"weather\":false}}",
            "{\"inAppCategories\":false}",
            "{\"inAppCategories\":{\"announcement\":\"no\"}}")) {
      put(phone, unknown, 400).body("code", equalTo("invalid-request"));
    }
    put(
            phone,
            """
            {"push":false,"pushh":false,"colour":"blue","size":3,
             "pushCategories":{"security":false,"securty":false},"inAppCategories":{"weather":true},
             "quietHours":{"from":"22:00","to":"07:00","days":["mon"]}}
            """,
            400)
        .body("code", equalTo("invalid-request"))
        .body(
            "errors.field",
            containsInAnyOrder(
                "pushh",
                "colour",
                "size",
                "pushCategories.securty",
                "inAppCategories.weather",
                "quietHours.days"))
        .body(
            "known",
            hasItems("push", "pushCategories.security", "inAppCategories.policy", "quietHours.to"))
        .body("known", not(hasItem("pushCategories.securty")));
    phone.as().get(alerts(phone)).then().body("revision", equalTo(0)).body("push", equalTo(true));
    put(phone, "{\"push\":7}", 400).body("known", nullValue());
  }

  @Test
  void alertsThatNameNoSwitchAreNotDone() {
    Api.Registered phone = Api.phone("en");
    for (String nothing :
        List.of(
            "{}",
            "{\"revision\":0}",
            "{\"pushCategories\":{}}",
            "{\"inAppCategories\":{},\"pushCategories\":{},\"revision\":0}",
            "{\"essential\":[\"security\"],\"effectiveAt\":\"2026-05-01T00:00:00Z\"}")) {
      put(phone, nothing, 400)
          .body("code", equalTo("invalid-request"))
          .body("errors.field", contains("body"));
    }
    put(phone, "{\"quietHours\":null}", 200).body("revision", equalTo(0));
    put(phone, "{\"essential\":7,\"effectiveAt\":[],\"push\":false}", 200)
        .body("push", equalTo(false));
  }

  @Test
  void aLookMakesNothing() {
    Api.Registered phone = Api.phone("en");
    phone.as().get(alerts(phone)).then().statusCode(200).body("revision", equalTo(0));
    phone.as().get(alerts(phone) + "/history").then().statusCode(200).body("items", empty());
    assertThat(rowsOf(phone.id())).isZero();
    put(phone, "{\"push\":false,\"revision\":0}", 200).body("revision", equalTo(1));
    assertThat(rowsOf(phone.id())).isEqualTo(1);
  }

  private long rowsOf(String owner) {
    return database
        .rows(
            "SELECT count(*) AS kept FROM notification_alerts WHERE owner = $1",
            row -> row.number("kept"),
            owner)
        .await()
        .atMost(SOON)
        .get(0);
  }

  @Test
  void whatIsAnsweredCanBeSentBack() {
    Api.Registered phone = Api.phone("en");
    String answered = put(phone, "{\"push\":false}", 200).extract().asString();
    put(phone, answered, 200).body("revision", equalTo(1)).body("push", equalTo(false));
  }

  @Test
  void receiptsAreASwitchLikeAnyOtherAndStayOffUntilTheyAreSwitchedOn() {
    Api.Registered phone = Api.phone("en");
    phone.as().get(alerts(phone)).then().body("deliveryReceipts", equalTo(true));
    put(phone, "{\"deliveryReceipts\":false}", 200).body("deliveryReceipts", equalTo(false));
    put(phone, "{\"push\":false}", 200).body("deliveryReceipts", equalTo(false));
    put(phone, "{\"deliveryReceipts\":\"no\"}", 400)
        .body("errors.field", contains("deliveryReceipts"));
    phone
        .as()
        .get(alerts(phone) + "/history")
        .then()
        .body("items[0].after.deliveryReceipts", equalTo(false))
        .body("items[1].before.deliveryReceipts", equalTo(true))
        .body("items[1].after.deliveryReceipts", equalTo(false));
  }

  @Test
  void aStaleVersionIsAnsweredWithWhatThereIsNow() {
    Api.Registered phone = Api.phone("en");
    put(phone, "{\"inAppCategories\":{\"announcement\":false},\"revision\":0}", 200);
    put(phone, "{\"push\":false,\"revision\":0}", 409)
        .body("code", equalTo("stale-revision"))
        .body("current.revision", equalTo(1))
        .body("current.push", equalTo(true))
        .body("current.inAppCategories.announcement", equalTo(false));
    phone.as().get(alerts(phone)).then().body("revision", equalTo(1)).body("push", equalTo(true));
  }

  @Test
  void everyChangeIsKeptWithWhatWasBeforeAndAfterAndARefusedOneIsNot() {
    Api.Registered phone = Api.phone("en");
    Instant before = Instant.now().minusSeconds(5);
    put(phone, "{\"quietHours\":{\"from\":\"22:00\",\"to\":\"07:00\"}}", 200);
    put(phone, "{\"push\":false,\"quietHours\":null}", 200);
    put(phone, "{\"push\":true,\"revision\":0}", 409);
    put(phone, "{\"push\":7}", 400);
    ValidatableResponse history =
        phone.as().get(phone.path("/notification-alerts/history")).then().statusCode(200);
    history
        .body("items", hasSize(2))
        .body("items.revision", contains(2, 1))
        .body("items.from", contains("device", "device"))
        .body("items[0].before.push", equalTo(true))
        .body("items[0].before.quietHours.from", equalTo("22:00"))
        .body("items[0].after.push", equalTo(false))
        .body("items[0].after.quietHours", nullValue())
        .body("items[0].after.inAppCategories.security", equalTo(true))
        .body("items[1].before.quietHours", nullValue());
    assertThat(Instant.parse(history.extract().path("items[1].at"))).isAfter(before);
    assertThat(
            Api.as(Api.phone("en").secret())
                .get(phone.path("/notification-alerts/history"))
                .statusCode())
        .isEqualTo(401);
  }

  @Test
  void changesByOthersSayWhoseTheyWere() {
    Api.Registered phone = Api.phone("en");
    for (AlertsChange.Source source : AlertsChange.Source.values()) {
      change.run(phone.id(), source, Optional.empty(), AlertsIT::turned).await().atMost(SOON);
    }
    phone
        .as()
        .get(phone.path("/notification-alerts/history"))
        .then()
        .body("items.from", contains("retention", "operator", "account", "device"));
  }

  private static NotificationAlerts turned(NotificationAlerts now) {
    return new NotificationAlerts(
        !now.push(), now.off(), now.inAppOff(), now.quietHours(), now.version());
  }

  @Test
  void aCallerThatWouldHideAnEssentialCategoryIsABug() {
    Api.Registered phone = Api.phone("en");
    NotificationAlerts hides =
        new NotificationAlerts(true, Set.of(), Set.of(Category.SECURITY), Optional.empty(), 0);
    assertThat(
            change
                .run(phone.id(), AlertsChange.Source.OPERATOR, Optional.empty(), now -> hides)
                .onItemOrFailure()
                .transform((done, failure) -> failure)
                .await()
                .atMost(SOON))
        .isInstanceOf(IllegalArgumentException.class);
    phone.as().get(alerts(phone)).then().body("revision", equalTo(0));
  }

  private static void unread(Api.Registered phone, int expected) {
    phone
        .as()
        .body(Map.of("version", "3.1.0"))
        .post(phone.path("/check"))
        .then()
        .statusCode(200)
        .body("unreadNotices", equalTo(expected));
  }

  private static ValidatableResponse put(Api.Registered phone, String body, int status) {
    return phone.as().body(body).put(alerts(phone)).then().statusCode(status);
  }

  private static String alerts(Api.Registered phone) {
    return phone.path("/notification-alerts");
  }
}
