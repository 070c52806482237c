package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.ddi.Fleet.Router;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Configured;
import io.towncrier.testing.Sql;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Devices are admitted before they are offered something, in each dialect alike. The budget of this
 * profile is 1 TB a second, so a country waits only where its row says so; each test has its own.
 */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class DownloadBudgetIT {
  private static final long RATE = 1_000_000_000_000L;
  private static final long FULL = 10 * RATE;
  // Of both files of the fleet's releases a device takes one.
  private static final long IMAGE = 2_068;

  private Fleet fleet;

  @BeforeEach
  void newFleet() {
    fleet = new Fleet();
    fleet.publish("2.0");
  }

  @Test
  void aNativeDeviceWaitsAndIsAdmittedOnce() {
    Api.Registered device = registered("IS");
    leave("IS", -1_000 * RATE);

    check(device, Map.of())
        .then()
        .statusCode(200)
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("download-budget"))
        .body("release", nullValue())
        .body("nextCheckSeconds", allOf(greaterThan(900), lessThan(1_100)))
        .body("nextCheckSpreadSeconds", allOf(greaterThan(50), lessThan(150)));
    explain(device)
        .then()
        .statusCode(200)
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("download-budget"))
        .body("version", equalTo("2.0"))
        .body("waitsUntil", notNullValue());

    leave("IS", FULL);
    Await.patiently(
        "admitted", () -> "offer".equals(check(device, Map.of()).<String>path("decision")));
    assertThat(room("IS")).isEqualTo(FULL - IMAGE);
    check(device, Map.of()).then().body("decision", equalTo("offer"));
    assertThat(room("IS")).as("who was admitted takes nothing again").isEqualTo(FULL - IMAGE);

    leave("IS", -1_000 * RATE);
    check(device, Map.of()).then().body("decision", equalTo("offer"));
    explain(device).then().body("decision", equalTo("offer")).body("waitsUntil", nullValue());
  }

  @Test
  void aPersonWhoAsksIsAdmittedBeforeOthers() {
    Api.Registered device = registered("MT");
    leave("MT", 3 * RATE);

    check(device, Map.of()).then().body("reason", equalTo("download-budget"));
    check(device, Map.of("manual", "true")).then().body("decision", equalTo("offer"));
  }

  @Test
  void aDeviceThatSaysThatItIsElsewhereTakesFromNoOtherCountry() {
    Api.Registered device = registered("TO");
    leave("TO", FULL);
    leave("WS", FULL);
    check(device, Map.of()).then().body("decision", equalTo("offer"));

    fleet.publish("3.0");
    Await.patiently(
        "the next one is offered",
        () -> "3.0".equals(check(device, Map.of("country", "WS")).<String>path("release.version")));

    assertThat(room("WS")).isEqualTo(FULL);
    assertThat(
            Sql.text(
                "SELECT region || cardinality(releases) FROM download_admission"
                    + " WHERE device_id = ?",
                device.id()))
        .isEqualTo("TO2");
  }

  @Test
  void aDeviceThatHasUsedItsDayWaitsForTheNextOne() {
    Api.Registered device = registered("NU");
    leave("NU", FULL);
    Sql.run(
        """
        INSERT INTO download_admission (device_id, since, region, releases)
        VALUES (?, ?::bigint, 'NU', '{1.1,1.2,1.3,1.4}')
        """,
        device.id(),
        String.valueOf(Instant.now().getEpochSecond()));

    check(device, Map.of("manual", "true"))
        .then()
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("download-budget"));
    explain(device)
        .then()
        .body("decision", equalTo("held-back"))
        .body("waitsUntil", notNullValue());
    assertThat(room("NU")).isEqualTo(FULL);
  }

  @Test
  void whoHasBegunAndWaitsForTheNextReleaseIsNotAskedToCancel() {
    leave("KI", FULL);
    Router router = fleet.router();
    router
        .says(Map.of("version", "1.0", "country", "KI", "timezone", "Pacific/Tarawa"))
        .then()
        .statusCode(200);
    String action = router.action();
    router.feedback(action, "proceeding", "none").then().statusCode(200);

    leave("KI", -1_000 * RATE);
    fleet.publish("3.0");
    Await.patiently(
        "it waits", () -> "download-budget".equals(router.poll().path("towncrier.reason")));
    router
        .poll()
        .then()
        .body("_links.cancelAction", nullValue())
        .body("_links.deploymentBase", nullValue());
    router.as().get(router.path("/cancelAction/" + action)).then().statusCode(404);

    leave("KI", FULL);
    Await.patiently(
        "there is room for it",
        () -> router.poll().<String>path("_links.cancelAction.href") != null);
  }

  @Test
  void aClientOfDdiSleepsAndIsAdmittedOnce() {
    leave("FJ", -1_000 * RATE);
    Router router = fleet.router();
    router
        .says(Map.of("version", "1.0", "country", "FJ", "timezone", "Pacific/Fiji"))
        .then()
        .statusCode(200);

    router
        .poll()
        .then()
        .statusCode(200)
        .body("_links.deploymentBase", nullValue())
        .body("towncrier.reason", equalTo("download-budget"))
        .body("config.polling.sleep", matchesPattern("00:1[4-9]:\\d\\d"));

    leave("FJ", FULL);
    Await.patiently(
        "admitted", () -> router.poll().<String>path("_links.deploymentBase.href") != null);
    String action = router.action();
    router.as().get(router.path("/deploymentBase/" + action)).then().statusCode(200);
    assertThat(room("FJ")).isEqualTo(FULL - IMAGE);
  }

  @Test
  void whoIsShownNothingBeforeTheWindowTakesNothingBeforeIt() {
    Fleet nightly = new Fleet();
    nightly.publish("2.0", Map.of("install", Map.of("notBefore", inTwoDays())));
    leave("GH", FULL);
    Router router = nightly.router();
    router
        .says(Map.of("version", "1.0", "country", "GH", "timezone", "Africa/Accra"))
        .then()
        .statusCode(200);

    router.poll().then().body("towncrier.reason", equalTo("window-closed"));
    assertThat(room("GH")).isEqualTo(FULL);

    // rauc downloads at once, and installs when it may.
    router.as("rauc-hawkbit-updater/1.3").get(router.path("")).then().statusCode(200);
    assertThat(room("GH")).isEqualTo(FULL - IMAGE);
  }

  @Test
  void raucsPollingFindsNothingAndIsAdmittedOnce() {
    Api.Registered device = registered("PE");
    leave("PE", -1_000 * RATE);

    Response waits = rauc(device);
    waits.then().statusCode(204).header("Towncrier-Decision", "held-back download-budget");
    assertThat(Integer.parseInt(waits.header("Retry-After"))).isBetween(850, 1_150);

    leave("PE", FULL);
    Await.patiently("admitted", () -> rauc(device).statusCode() == 302);
    rauc(device).then().statusCode(302).header("Retry-After", nullValue());
    assertThat(room("PE")).isEqualTo(FULL - IMAGE);
  }

  @Test
  void anIdlePollTouchesNoRow() {
    Api.Registered device =
        Api.register(
            Map.of("kind", "router", "product", fleet.product, "version", "2.0", "country", "GL"));

    check(device, Map.of()).then().body("decision", equalTo("up-to-date"));
    rauc(device).then().statusCode(204);

    assertThat(Sql.text("SELECT count(*) FROM download_bucket WHERE region = 'GL'")).isEqualTo("0");
  }

  /** By the clock of the device, wherever that is. */
  private static String inTwoDays() {
    return LocalDateTime.now(Clock.systemUTC())
        .plusDays(2)
        .truncatedTo(ChronoUnit.MINUTES)
        .toString();
  }

  private Api.Registered registered(String country) {
    return Api.register(
        Map.of("kind", "router", "product", fleet.product, "version", "1.0", "country", country));
  }

  private static Response check(Api.Registered device, Map<String, String> more) {
    return device.as().body(more).post(device.path("/check"));
  }

  private static Response rauc(Api.Registered device) {
    return device.as().redirects().follow(false).get(device.path("/rauc"));
  }

  private static Response explain(Api.Registered device) {
    return Api.operator().body(Map.of("deviceId", device.id())).post("/v1/admin/explain");
  }

  /** As if so many bytes were left now. */
  private static void leave(String region, long bytes) {
    String now = String.valueOf(Instant.now().getEpochSecond());
    Sql.run(
        """
        INSERT INTO download_bucket (region, second, room, queue_ends)
        VALUES (?, ?::bigint, ?::bigint, 0)
        ON CONFLICT (region) DO UPDATE
        SET second = excluded.second, room = excluded.room, queue_ends = 0, security_ends = 0
        """,
        region,
        now,
        String.valueOf(bytes));
  }

  private static long room(String region) {
    return Long.parseLong(Sql.text("SELECT room FROM download_bucket WHERE region = ?", region));
  }
}
