package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several devices of one account, and several accounts of one device. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class LinkedDevicesIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String alice = user("alice");
  private final String bob = user("bob");

  @BeforeEach
  void importSample() {
    Api.as(operator())
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @AfterEach
  void acceptAgain() {
    fcm.behave(arrival -> Answer.accepted());
  }

  @Test
  void aUserSeesHowFarTheUpdateOfARouterIs() {
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    link(router, alice).then().statusCode(204);
    mine(alice).then().body("items[0].update.state", equalTo("installed"));

    router.as().body("{}").post(router.path("/check")).then().statusCode(200);
    mine(alice)
        .then()
        .body("items[0].update.state", equalTo("offered"))
        .body("items[0].update.version", equalTo("1.3.0"));

    report(router, Map.of("id", "1", "state", "downloading", "progress", 40));
    mine(alice)
        .then()
        .body("items[0].update.state", equalTo("running"))
        .body("items[0].update.step", equalTo("downloading"))
        .body("items[0].update.progress", equalTo(40));

    report(router, Map.of("id", "2", "state", "failed", "code", "no-space"));
    Api.as(alice)
        .header("Accept-Language", "de-AT, en;q=0.5")
        .get("/v1/me/devices")
        .then()
        .body("items[0].update.state", equalTo("failed"))
        .body("items[0].update.code", equalTo("no-space"))
        .body("items[0].update.reason", equalTo("Der Router hat zu wenig freien Speicher."));
  }

  private static void report(Api.Registered router, Map<String, Object> what) {
    Map<String, Object> body = new HashMap<>(what);
    body.put("version", "1.3.0");
    router.as().body(body).post(router.path("/outcomes")).then().statusCode(200);
  }

  @Test
  void anAccountListsItsDevicesAndTellsNothingOfWhereTheyAre() {
    Api.Registered phone = Api.phone("eu");
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    link(phone, alice).then().statusCode(204);
    link(router, alice).then().statusCode(204);
    link(router, bob).then().statusCode(204);

    mine(alice)
        .then()
        .statusCode(200)
        .body("items.deviceId", containsInAnyOrder(phone.id(), router.id()))
        .body("items.kind", containsInAnyOrder("phone", "router"));
    mine(bob)
        .then()
        .body("items.deviceId", contains(router.id()))
        .body("items[0].product", equalTo("towncrier_ax3000"))
        .body("items[0].version", equalTo("1.2.0"))
        .body("items[0].pushAddress", equalTo(false));
    assertThat(mine(alice).asString())
        .doesNotContain("country", "timezone", "language", "cohort", "Berlin");
    mine(user("carol")).then().body("items", empty());
  }

  @Test
  void linkingTwiceChangesNothing() {
    Api.Registered phone = Api.phone("en");
    link(phone, alice).then().statusCode(204);
    int revision = phone.as().get(phone.path("")).path("revision");
    String before = mine(alice).asString();
    link(phone, alice).then().statusCode(204);
    phone.as().get(phone.path("")).then().body("revision", equalTo(revision));
    assertThat(mine(alice).asString()).isEqualTo(before);
  }

  @Test
  void aUserUnlinksADeviceWithoutHavingItAtHandAndOthersStayLinked() {
    Api.Registered router = Api.phone("en");
    link(router, alice).then().statusCode(204);
    link(router, bob).then().statusCode(204);
    Api.as(alice).delete("/v1/me/devices/" + router.id()).then().statusCode(204);
    mine(alice).then().body("items", empty());
    mine(bob).then().body("items.deviceId", contains(router.id()));
    router.as().get(router.path("")).then().body("linked", equalTo(true));

    // Whether a device is somebody else's or nobody's is not told.
    Response others = Api.as(alice).delete("/v1/me/devices/" + router.id());
    others.then().statusCode(404).body("code", equalTo("unknown-device"));
    for (String id : List.of("dev_00000000000000000000000000", "x%00y")) {
      Response absent = Api.as(alice).delete("/v1/me/devices/" + id);
      assertThat(absent.statusCode()).isEqualTo(404);
      assertThat(absent.asByteArray()).isEqualTo(others.asByteArray());
    }
    Api.as(bob).delete("/v1/me/devices/" + router.id()).then().statusCode(204);
    router.as().get(router.path("")).then().body("linked", equalTo(false));
  }

  @Test
  void onlyAUserSeesAndUnlinks() {
    Api.Registered phone = Api.phone("en");
    phone.as().get("/v1/me/devices").then().statusCode(401);
    Api.anonymous().get("/v1/me/devices").then().statusCode(401);
    Api.anonymous().delete("/v1/me/devices/" + phone.id()).then().statusCode(401);
  }

  @Test
  void everyLinkedAccountMustAllowAPush() {
    String address = address();
    Api.Registered router = Api.phone("fo");
    router.pushTo(address);
    link(router, alice).then().statusCode(204);
    link(router, bob).then().statusCode(204);
    alerts(bob, Map.of("push", false));

    String first = announce("fo");
    Await.patiently("it is suppressed", () -> reason(first, "opted-out") == 1);
    Api.as(operator())
        .post("/v1/admin/notices/" + draft("fo") + "/preview")
        .then()
        .body("pushed", equalTo(0))
        .body("suppressed.opted-out", equalTo(1));

    alerts(bob, Map.of("push", true, "pushCategories", Map.of("announcement", false)));
    alerts(alice, Map.of("pushCategories", Map.of("security", false)));
    String second = announce("fo");
    Await.patiently("it is suppressed", () -> reason(second, "category-off") == 1);
    Api.as(operator())
        .post("/v1/admin/notices/" + draft("fo") + "/preview")
        .then()
        .body("suppressed.category-off", equalTo(1));
    assertThat(fcm.to(address)).isEmpty();

    // What an account has switched off stays off at the device that it lets go, until the device
    // itself switches it on again.
    Api.as(bob).delete("/v1/me/devices/" + router.id()).then().statusCode(204);
    String third = announce("fo");
    Await.patiently("it is suppressed", () -> reason(third, "category-off") == 1);
    router
        .as()
        .body(Map.of("pushCategories", Map.of("announcement", true)))
        .put(router.path("/notification-alerts"))
        .then()
        .statusCode(200);
    announce("fo");
    Await.patiently("a push arrives", () -> fcm.to(address).size() == 1);
  }

  @Test
  void theOptOutOfAnyAccountWaitsForThePushesToAllItsDevices() throws Exception {
    String address = address();
    Api.Registered router = Api.phone("fy");
    router.pushTo(address);
    link(router, alice).then().statusCode(204);
    link(router, bob).then().statusCode(204);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          Await.opened(release);
          return Answer.accepted();
        });
    announce("fy");
    Await.patiently("a push arrives", () -> fcm.to(address).size() == 1);
    List<CompletableFuture<Long>> optOuts = List.of(optOut(alice), optOut(bob));
    for (String owner : List.of(alice, bob)) {
      Await.patiently("it is stored", () -> !push(owner));
    }
    optOuts.forEach(optOut -> Await.unanswered(optOut, () -> push(alice)));
    long released = System.nanoTime();
    release.countDown();
    for (CompletableFuture<Long> optOut : optOuts) {
      assertThat(optOut.get(10, TimeUnit.SECONDS)).isGreaterThan(released);
    }
  }

  @Test
  void aRevokedDeviceCannotBeLinked() {
    Api.Registered phone = Api.phone("en");
    Api.as(operator()).post("/v1/admin/devices/" + phone.id() + "/revoke").then().statusCode(204);
    link(phone, alice).then().statusCode(401);
    mine(alice).then().body("items.deviceId", not(contains(phone.id())));
  }

  private CompletableFuture<Long> optOut(String user) {
    return CompletableFuture.supplyAsync(
        () -> {
          alerts(user, Map.of("push", false));
          return System.nanoTime();
        });
  }

  private static Response link(Api.Registered device, String user) {
    return Api.as(user).header("X-Device-Secret", device.secret()).put(device.path("/account"));
  }

  private static boolean push(String user) {
    return Api.as(user).get("/v1/me/notification-alerts").path("push");
  }

  private static Response mine(String user) {
    return Api.as(user).get("/v1/me/devices");
  }

  private static void alerts(String user, Map<String, ?> body) {
    Api.as(user).body(body).put("/v1/me/notification-alerts").then().statusCode(200);
  }

  private static String announce(String language) {
    String id = draft(language);
    Api.as(operator()).post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private static String draft(String language) {
    return Api.draft(Api.as(operator()), "T", Map.of("languages", Set.of(language)));
  }

  private static int reason(String notice, String reason) {
    Integer count =
        Api.as(operator())
            .get("/v1/admin/notices/" + notice)
            .path("deliveries.byReason.'" + reason + "'");
    return count == null ? 0 : count;
  }

  private static String operator() {
    return Tokens.operator("olga");
  }

  private static String user(String name) {
    return Tokens.user(name + "-" + UUID.randomUUID());
  }

  private static String address() {
    return "tok-" + UUID.randomUUID();
  }
}
