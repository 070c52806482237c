package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlannedNotices;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TablesHold;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a user sees of the own data, corrects, and has erased. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class MyRightsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject EraseDue erase;

  private final String subject = "alice-" + UUID.randomUUID();
  private final String alice = Tokens.user(subject);
  private final String bob = Tokens.user("bob-" + UUID.randomUUID());

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void aUserSeesWhatIsKnownAndALookWritesNothing() {
    me(alice)
        .then()
        .statusCode(200)
        .body("account", nullValue())
        .body("devices", empty())
        .body("kept", empty())
        .body("cancelled", empty());
    me(alice).then().body("account", nullValue());

    Api.Registered phone = linked(alice);
    me(alice)
        .then()
        .body("since", notNullValue())
        .body("devices[0].deviceId", equalTo(phone.id()))
        .body("devices[0].country", equalTo("DE"))
        .body("devices[0].timezone", equalTo("Europe/Berlin"))
        .body("devices[0].language", equalTo("en"))
        .body("devices[0].shared", equalTo(false))
        .body("kept.what", hasItem("alerts-history"))
        .body("kept.find { it.what == 'devices' }.retention", hasItem("period unlinked-devices"))
        .body("kept.find { it.what == 'devices' }.purposes", hasItem("decides on updates"));
  }

  @Test
  void aUserCorrectsWhereALinkedDeviceIsAndNothingElse() {
    Api.Registered phone = linked(alice);
    int revision = phone.as().get(phone.path("")).path("revision");
    Api.as(alice)
        .body(
            Map.of(
                "deviceId", phone.id(), "revision", revision, "version", "9.9.9", "channel", "x"))
        .patch("/v1/me")
        .then()
        .statusCode(400)
        .body("errors.field", containsInAnyOrder("version", "channel", "body"));
    correct(alice, phone, revision, "FR", "Europe/Paris")
        .then()
        .statusCode(200)
        .body("country", equalTo("FR"))
        .body("revision", equalTo(revision + 1));
    phone
        .as()
        .get(phone.path(""))
        .then()
        .body("country", equalTo("FR"))
        .body("timezone", equalTo("Europe/Paris"))
        .body("language", equalTo("en"))
        .body("version", equalTo("3.0.1"));
    // Somebody else was faster; the same request again is the change itself.
    correct(alice, phone, revision, "DE", "Europe/Berlin")
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-revision"))
        .body("current.country", equalTo("FR"));
    correct(alice, phone, revision, "FR", "Europe/Paris").then().statusCode(200);
  }

  @Test
  void nobodyCorrectsOrSeesADeviceOfSomebodyElse() {
    Api.Registered phone = linked(alice);
    int revision = phone.as().get(phone.path("")).path("revision");
    correct(bob, phone, revision, "FR", "Europe/Paris")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-device"));
    // Shared, it may be where the other one is.
    link(phone, bob);
    me(bob)
        .then()
        .body("devices[0].shared", equalTo(true))
        .body("devices[0].country", nullValue())
        .body("devices[0].language", nullValue());
    correct(bob, phone, revision + 1, "FR", "Europe/Paris")
        .then()
        .statusCode(409)
        .body("code", equalTo("wrong-state"));
    phone.as().get(phone.path("")).then().body("country", equalTo("DE"));
  }

  @Test
  void aCancelledAccountIsRestrictedAtOnce() {
    Api.Registered phone = linked(alice);
    String address = "tok-" + UUID.randomUUID();
    phone.pushTo(address);
    alerts(alice, Map.of("push", true, "pushCategories", Map.of("policy", false)));

    Response cancelled = cancel(alice);
    cancelled
        .then()
        .statusCode(202)
        .header("Location", equalTo("/v1/receipts/" + cancelled.path("receipt")))
        .body("state", equalTo("restricted"))
        .body("ground", equalTo("account-cancelled"));
    Instant requested = Instant.parse(cancelled.path("requestedAt"));
    assertThat(Instant.parse(cancelled.path("eraseBy")))
        .isEqualTo(requested.atOffset(ZoneOffset.UTC).plusMonths(6).minusDays(35).toInstant());

    // The device goes on by itself, with what was switched off, and without an address.
    phone
        .as()
        .get(phone.path(""))
        .then()
        .body("linked", equalTo(false))
        .body("pushAddress", equalTo(false));
    phone
        .as()
        .get(phone.path("/notification-alerts"))
        .then()
        .body("pushCategories.policy", equalTo(false))
        .body("pushCategories.security", equalTo(true));
    me(alice)
        .then()
        .body("account", nullValue())
        .body("devices", empty())
        .body("cancelled.ground", equalTo(List.of("account-cancelled")));
    assertThat(TablesHold.thisText(address)).isEmpty();
  }

  @Test
  void cancellingAgainGivesTheSameReceiptAlsoAtTheSameTime() {
    linked(alice);
    List<CompletableFuture<String>> all =
        java.util.stream.IntStream.range(0, 6)
            .mapToObj(
                i -> CompletableFuture.supplyAsync(() -> cancel(alice).<String>path("receipt")))
            .toList();
    assertThat(all.stream().map(CompletableFuture::join).distinct()).hasSize(1);
    assertThat(cancel(alice).<String>path("receipt")).isEqualTo(all.get(0).join());
  }

  @Test
  void aReceiptIsSeenByWhoHasItAndShowsDatesAlone() {
    linked(alice);
    String receipt = cancel(alice).path("receipt");
    Response shown = Api.anonymous().get("/v1/receipts/" + receipt);
    shown.then().statusCode(200).body("state", equalTo("restricted"));
    assertThat(shown.jsonPath().getMap("$").keySet())
        .isEqualTo(java.util.Set.of("state", "ground", "requestedAt", "eraseBy"));
    assertThat(receipt).matches("[0-9a-f]{32}");
    for (String no :
        List.of("0".repeat(32), "nonsense", receipt.toUpperCase(java.util.Locale.ROOT))) {
      Api.anonymous()
          .get("/v1/receipts/" + no)
          .then()
          .statusCode(404)
          .body("code", equalTo("unknown-receipt"));
    }
  }

  @Test
  void whoSignsInAgainBeginsWithAnEmptyAccount() {
    Api.Registered phone = linked(alice);
    alerts(alice, Map.of("push", false));
    String first = cancel(alice).path("receipt");

    Api.as(alice).get("/v1/me/notification-alerts").then().body("push", equalTo(true));
    link(phone, alice);
    me(alice).then().body("devices", hasSize(1)).body("cancelled", hasSize(1));
    String second = cancel(alice).path("receipt");
    assertThat(second).isNotEqualTo(first);
    me(alice).then().body("account", nullValue()).body("cancelled", hasSize(2));
  }

  @Test
  void nothingIsToBeCancelledOfSomebodyWhoIsNotKnown() {
    cancel(alice).then().statusCode(404).body("code", equalTo("unknown-account"));
    linked(alice);
    Api.as(alice).delete("/v1/me?ground=boredom").then().statusCode(400);
    Api.as(alice).delete("/v1/me?gruond=minor").then().statusCode(400);
    me(alice).then().body("account", notNullValue());
  }

  @Test
  void aDeviceThatOthersUseKeepsItsAddressForThem() {
    Api.Registered router = linked(alice);
    link(router, bob);
    String address = "tok-" + UUID.randomUUID();
    router.pushTo(address);
    alerts(alice, Map.of("push", true, "pushCategories", Map.of("announcement", false)));
    cancel(alice).then().statusCode(202);

    router
        .as()
        .get(router.path(""))
        .then()
        .body("linked", equalTo(true))
        .body("pushAddress", equalTo(true));
    me(bob).then().body("devices[0].shared", equalTo(false));
    router
        .as()
        .get(router.path("/notification-alerts"))
        .then()
        .body("pushCategories.announcement", equalTo(false));
  }

  @Test
  void whatAnAccountHasSwitchedOffStaysOffAtTheDeviceThatIsUnlinked() {
    Api.Registered phone = linked(alice);
    Map<String, String> night = Map.of("from", "21:00", "to", "06:30");
    alerts(alice, Map.of("push", false, "quietHours", night, "deliveryReceipts", false));
    Api.as(alice).delete("/v1/me/devices/" + phone.id()).then().statusCode(204);
    phone
        .as()
        .get(phone.path("/notification-alerts"))
        .then()
        .body("push", equalTo(false))
        .body("quietHours.from", equalTo("21:00"))
        .body("deliveryReceipts", equalTo(false))
        .body("revision", equalTo(1));
    phone
        .as()
        .get(phone.path("/notification-alerts/history"))
        .then()
        .body("items[0].from", equalTo("account"));
  }

  @Test
  void whatBecameOfPushesGoesWithTheCancellation() {
    Api.Registered mine = linked(alice);
    Api.Registered shared = linked(alice);
    link(shared, bob);
    for (Api.Registered device : List.of(mine, shared)) {
      Sql.run(
          """
          UPDATE delivery SET state = 'ACCEPTED', finished_at = now(), shown_at = now(),
            shown_by = 'app', steps_since = now()
          WHERE notice_id = ?
          """,
          PlannedNotices.add(device.id()));
    }
    cancel(alice).then().statusCode(202);

    String shown = "SELECT count(shown_by) + count(steps_since) FROM delivery WHERE device_id = ?";
    assertThat(Sql.text(shown, mine.id())).isEqualTo("0");
    assertThat(Sql.text(shown, shared.id())).as("bob uses it, too").isEqualTo("2");
  }

  @Test
  void whatIsErasedIsNowhereAnyMore() {
    linked(alice);
    alerts(alice, Map.of("push", false));
    String account = me(alice).path("account");
    String receipt = cancel(alice).path("receipt");
    assertThat(TablesHold.thisText(account)).contains("erasure", "notification_alerts");
    run();
    assertThat(TablesHold.thisText(account)).contains("erasure");

    Sql.run(
        "UPDATE erasure SET due_at = now() - interval '1 day', requested_at = now() - interval"
            + " '5 months' WHERE account_id = ?",
        account);
    run();
    assertThat(TablesHold.thisText(account)).isEmpty();
    assertThat(TablesHold.thisText(subject)).isEmpty();
    Api.anonymous()
        .get("/v1/receipts/" + receipt)
        .then()
        .body("state", equalTo("erased"))
        .body("erasedAt", notNullValue());
    me(alice).then().body("cancelled", empty());
    cancel(alice).then().statusCode(404);
    // Asked twice: there is nothing left to erase.
    run();
    Api.anonymous().get("/v1/receipts/" + receipt).then().body("state", equalTo("erased"));
  }

  @Test
  void aMinorsDataAreErasedByTheNextRun() {
    linked(alice);
    String account = me(alice).path("account");
    String receipt = cancel(alice).path("receipt");
    Response hastened = Api.as(alice).delete("/v1/me?ground=minor");
    hastened
        .then()
        .statusCode(202)
        .body("receipt", equalTo(receipt))
        .body("ground", equalTo("minor"));
    assertThat(Instant.parse(hastened.path("eraseBy")))
        .isBefore(Instant.parse(hastened.path("requestedAt")).plus(Duration.ofHours(25)));
    run();
    assertThat(TablesHold.thisText(account)).isEmpty();
    Api.anonymous().get("/v1/receipts/" + receipt).then().body("state", equalTo("erased"));
  }

  @Test
  void ofAMinorEveryCancelledAccountIsErasedByTheNextRun() {
    String first = cancelled(alice);
    linked(alice);
    String second = me(alice).path("account");
    Api.as(alice).delete("/v1/me?ground=minor").then().statusCode(202);
    me(alice).then().body("cancelled.ground", equalTo(List.of("minor", "minor")));
    run();
    assertThat(TablesHold.thisText(first)).isEmpty();
    assertThat(TablesHold.thisText(second)).isEmpty();
  }

  @Test
  void whatIsNotErasedInTimeIsCountedAndKeepsNoOtherFromBeingErased() {
    String late = cancelled(alice);
    String other = cancelled(bob);
    Sql.run(
        "UPDATE erasure SET due_at = now() - interval '2 days', erase_by = now() - interval '1 hour'"
            + " WHERE account_id = ?",
        late);
    Sql.run("UPDATE erasure SET due_at = now() WHERE account_id = ?", other);
    Sql.run(
        """
        CREATE FUNCTION refuse_alerts() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          RAISE EXCEPTION 'not now';
        END $$
        """);
    Sql.run(
        "CREATE TRIGGER refuse_alerts BEFORE DELETE ON notification_alerts FOR EACH ROW WHEN"
            + " (OLD.owner = '"
            + late
            + "') EXECUTE FUNCTION refuse_alerts()");
    try {
      run();
      assertThat(erase.overdue()).isEqualTo(1);
      assertThat(TablesHold.thisText(other)).isEmpty();
      assertThat(TablesHold.thisText(late)).isNotEmpty();
    } finally {
      Sql.run("DROP TRIGGER refuse_alerts ON notification_alerts");
      Sql.run("DROP FUNCTION refuse_alerts()");
    }
    run();
    assertThat(erase.overdue()).isZero();
    assertThat(TablesHold.thisText(late)).isEmpty();
  }

  @Test
  void noSignInNoRights() {
    Api.Registered phone = linked(alice);
    for (String path : List.of("/v1/me", "/v1/me/export")) {
      Api.anonymous().get(path).then().statusCode(401);
      phone.as().get(path).then().statusCode(401);
    }
    phone.as().delete("/v1/me").then().statusCode(401);
    me(alice).then().body("devices.deviceId", not(empty()));
  }

  private String cancelled(String user) {
    linked(user);
    alerts(user, Map.of("push", false));
    String account = me(user).path("account");
    cancel(user).then().statusCode(202);
    return account;
  }

  private void run() {
    erase.run(() -> true).await().atMost(SOON);
  }

  private static Api.Registered linked(String user) {
    Api.Registered phone = Api.phone("en");
    link(phone, user);
    return phone;
  }

  private static void link(Api.Registered device, String user) {
    Api.as(user)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
  }

  private static Response me(String user) {
    return Api.as(user).get("/v1/me");
  }

  private static Response cancel(String user) {
    return Api.as(user).delete("/v1/me");
  }

  private static void alerts(String user, Map<String, ?> body) {
    Api.as(user).body(body).put("/v1/me/notification-alerts").then().statusCode(200);
  }

  private static Response correct(
      String user, Api.Registered device, int revision, String country, String zone) {
    return Api.as(user)
        .body(
            Map.of(
                "deviceId", device.id(),
                "revision", revision,
                "country", country,
                "timezone", zone))
        .patch("/v1/me");
  }
}
