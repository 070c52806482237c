package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.ddi.Fleet.Router;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** hawkBit's DDI over HTTP, by clients that do what the contract says. */
@QuarkusTest
class DdiIT {
  private static final String RAUC = "rauc-hawkbit-c-agent/1.3";

  private Fleet fleet;

  @BeforeEach
  void newFleet() {
    fleet = new Fleet();
    fleet.publish("2.0");
  }

  @Test
  void aDeviceIsAskedWhatItRunsBeforeAnythingIsOffered() {
    Router router = fleet.router();

    router
        .poll()
        .then()
        .statusCode(200)
        .header("Cache-Control", containsString("no-store"))
        .body("config.polling.sleep", matchesPattern("\\d\\d:\\d\\d:\\d\\d"))
        .body("_links.configData.href", endsWith(router.path("/configData")))
        .body("_links.configData.href", startsWith("https://updates.test/"))
        .body("_links", not(hasKey("deploymentBase")))
        .body("towncrier.reason", equalTo("version-unknown"));
    router.says(Map.of("version", "1.0")).then().statusCode(200).body(emptyString());

    router
        .poll()
        .then()
        .body("_links.deploymentBase.href", containsString("/deploymentBase/"))
        .body("_links", not(hasKey("configData")))
        .body("_links", not(hasKey("cancelAction")))
        .body("towncrier.decision", equalTo("offer"));
  }

  @Test
  void aDeploymentIsWhatBothClientsNeed() {
    Router router = fleet.running("1.0");
    String action = router.action();

    deployment(router, action)
        .body("id", equalTo(action))
        .body("deployment.download", equalTo("forced"))
        .body("deployment.update", equalTo("forced"))
        .body("deployment.maintenanceWindow", nullValue())
        .body("deployment.chunks", hasSize(1))
        .body("deployment.chunks[0].version", equalTo("2.0"))
        .body("deployment.chunks[0].artifacts", hasSize(1))
        .body("deployment.chunks[0].artifacts[0].filename", equalTo("fw.swu"))
        .body("deployment.chunks[0].artifacts[0].size", equalTo(2068))
        .body("deployment.chunks[0].artifacts[0].hashes.sha1", equalTo("b".repeat(40)))
        .body("deployment.chunks[0].artifacts[0].hashes.sha256", equalTo("a".repeat(64)))
        .body(
            "deployment.chunks[0].artifacts[0]._links.download.href",
            equalTo("https://downloads.example.com/fw.swu"))
        .body("actionHistory.status", equalTo("RUNNING"));
    assertThat(router.action()).as("the same action each time").isEqualTo(action);
    router.as(RAUC).get(router.path("/deploymentBase/" + action)).then().statusCode(200);
  }

  private static ValidatableResponse deployment(Router router, String action) {
    return router.as().get(router.path("/deploymentBase/" + action)).then().statusCode(200);
  }

  @Test
  void raucSucceedsBeforeItsRebootAndIsNotOfferedTheSameAgain() {
    Router router = fleet.running("1.0");
    String action = router.action();
    for (String step : List.of("download", "proceeding")) {
      router.feedback(action, step, "none", "step").then().statusCode(200).body(emptyString());
    }
    router.feedback(action, "closed", "success", "done").then().statusCode(200);

    router
        .poll()
        .then()
        .body("_links.configData.href", notNullValue())
        .body("_links", not(hasKey("deploymentBase")))
        .body("towncrier.reason", equalTo("awaiting-restart"));
    router.says(Map.of("version", "1.0")).then().statusCode(200);
    router.poll().then().body("_links.configData.href", notNullValue());
    router.says(Map.of("version", "2.0")).then().statusCode(200);
    router
        .poll()
        .then()
        .body("_links.size()", equalTo(0))
        .body("towncrier.decision", equalTo("up-to-date"));
  }

  @Test
  void whoRunsTheReleaseIsDoneWithItWhateverItSaid() {
    Router router = fleet.running("1.0");
    String action = router.action();
    router.feedback(action, "proceeding", "none", "All Chunks Installed.").then().statusCode(200);

    router.says(Map.of("version", "v2.0")).then().statusCode(200);

    router.poll().then().body("_links.size()", equalTo(0));
    assertThat(Sql.text("SELECT state FROM ddi_action WHERE number = ?::int", action))
        .isEqualTo("SUCCEEDED");
    router.feedback(action, "closed", "success", "after the restart").then().statusCode(200);
  }

  @Test
  void feedbackBecomesAnOutcomeAsInEveryDialect() {
    Router router = fleet.running("1.0");
    String action = router.action();

    router.feedback(action, "download", "none").then().statusCode(200);
    assertThat(outcome()).isEqualTo("downloading");
    router.feedback(action, "proceeding", "none", "Installing it").then().statusCode(200);
    assertThat(outcome()).isEqualTo("installing");
    router.feedback(action, "rejected", "none").then().statusCode(200);
    assertThat(outcome()).as("no transition").isEqualTo("installing");
    router.feedback(action, "closed", "none").then().statusCode(200);
    assertThat(outcome()).as("not before its version says so").isEqualTo("restarting");
    router.feedback(action, "closed", "failure", "Update Failed.").then().statusCode(409);
    assertThat(outcome()).isEqualTo("rolled-back");
  }

  @Test
  void failuresToDownloadAndToInstallAreKeptApart() {
    for (String detail : List.of("Download failed: timeout", "No space left on device")) {
      Fleet own = new Fleet();
      own.publish("2.0");
      Router router = own.running("1.0");
      router.feedback(router.action(), "closed", "failure", detail).then().statusCode(200);

      assertThat(
              Sql.text(
                  "SELECT state || ' ' || code FROM device_outcome WHERE product_id = ?",
                  own.product))
          .isEqualTo(
              detail.startsWith("Download")
                  ? "failed download-interrupted"
                  : "failed install-error");
    }
  }

  private String outcome() {
    return Sql.text("SELECT state FROM device_outcome WHERE product_id = ?", fleet.product);
  }

  @Test
  void aFinalResultMayBeRepeatedAndContradicted() {
    Router router = fleet.running("1.0");
    String action = router.action();
    router.feedback(action, "closed", "success", "from 192.168.1.17").then().statusCode(200);

    for (int i = 0; i < 3; i++) {
      router.feedback(action, "closed", "success").then().statusCode(200);
    }
    router.feedback(action, "proceeding", "none").then().statusCode(410);
    router.feedback(action, "closed", "failure", "fell back").then().statusCode(409);
    assertThat(
            Sql.text(
                "SELECT state || finished || details::text || later_details::text FROM ddi_action"
                    + " WHERE number = ?::int",
                action))
        .as("both are kept")
        .isEqualTo("ROLLED_BACKSUCCESS{\"from ***\"}{\"fell back\"}");
    router.poll().then().body("_links", not(hasKey("deploymentBase")));
  }

  @Test
  void aFailureIsTriedAgainLaterAndNotForEver() {
    Router router = fleet.running("1.0");
    for (int attempt = 1; attempt <= 3; attempt++) {
      String action = router.action();
      router
          .feedback(action, "closed", "failure", "Download failed: timeout")
          .then()
          .statusCode(200);
      router
          .poll()
          .then()
          .body("_links", not(hasKey("deploymentBase")))
          .body("towncrier.reason", equalTo(attempt < 3 ? "retry-later" : "attempts-used-up"));
      // The time of the back-off passes.
      Sql.run(
          "UPDATE device_outcome SET held_until = held_until - interval '1 day'"
              + " WHERE product_id = ? AND held_until < now() + interval '1 day'",
          fleet.product);
    }

    String device =
        Sql.text("SELECT device_id FROM device_outcome WHERE product_id = ?", fleet.product);
    Api.operator()
        .body(Map.of("version", "2.0", "reason", "its line was repaired"))
        .post("/v1/admin/devices/" + device + "/outcomes/retry")
        .then()
        .statusCode(200);
    router.poll().then().body("_links", hasKey("deploymentBase"));
  }

  @Test
  void aWithdrawnReleaseIsCancelledWhereItHasBegunAndNotShownElsewhere() {
    Router began = fleet.running("1.0");
    Router didNot = fleet.running("1.0");
    String action = began.action();
    String other = didNot.action();
    began.feedback(action, "proceeding", "none").then().statusCode(200);
    fleet.withdraw("2.0");

    didNot.poll().then().body("_links.size()", equalTo(0));
    didNot.as().get(didNot.path("/deploymentBase/" + other)).then().statusCode(404);
    began
        .poll()
        .then()
        .body("_links", not(hasKey("deploymentBase")))
        .body("_links.cancelAction.href", containsString("/cancelAction/" + action));
    began.as().get(began.path("/deploymentBase/" + action)).then().statusCode(404);
    began
        .as()
        .get(began.path("/cancelAction/" + action))
        .then()
        .statusCode(200)
        .body("id", equalTo(action))
        .body("cancelAction.stopId", equalTo(action))
        .body("deployment.update", equalTo("skip"));
    didNot.as().get(didNot.path("/cancelAction/" + other)).then().statusCode(404);
    didNot.cancelled(other, "closed", "success").then().statusCode(405);
    began.cancelled(action, "closed", "success").then().statusCode(200);
    began.cancelled(action, "closed", "success").then().statusCode(200);
    began.poll().then().body("_links.size()", equalTo(0));
  }

  @Test
  void aClientThatRefusesToCancelGoesOn() {
    Router router = fleet.running("1.0");
    String action = router.action();
    router.feedback(action, "proceeding", "none").then().statusCode(200);
    fleet.withdraw("2.0");

    router.cancelled(action, "rejected", "success").then().statusCode(200);
    router.poll().then().body("_links.size()", equalTo(0));
    router.feedback(action, "closed", "success").then().statusCode(200);
    router.poll().then().body("_links.configData.href", notNullValue());
  }

  @Test
  void nothingOfSomebodyElsesActionIsSeenOrChanged() {
    Router router = fleet.running("1.0");
    Router other = fleet.running("1.0");
    String action = other.action();
    String before = everything();

    router.as().get(router.path("/deploymentBase/" + action)).then().statusCode(404);
    router.feedback(action, "closed", "failure").then().statusCode(404).body(emptyString());
    router.cancelled(action, "closed", "success").then().statusCode(404);
    router.feedback("999999999999", "closed", "failure").then().statusCode(404);
    router.as().get(router.path("/deploymentBase/0")).then().statusCode(404);
    router.as().get(router.path("/confirmationBase")).then().statusCode(404);

    assertThat(everything()).isEqualTo(before);
  }

  private static String everything() {
    return Sql.text("SELECT count(*) || max(changed_at)::text FROM ddi_action");
  }

  @Test
  void whatIsNoFeedbackIsRefusedAndChangesNothing() {
    Router router = fleet.running("1.0");
    String action = router.action();

    router
        .feedback(action, "exploded", "none")
        .then()
        .statusCode(400)
        .body("errors.field", equalTo(List.of("status.execution")));
    router
        .as()
        .body("[]")
        .post(router.path("/deploymentBase/" + action + "/feedback"))
        .then()
        .statusCode(400);
    router
        .as()
        .body("{")
        .post(router.path("/deploymentBase/" + action + "/feedback"))
        .then()
        .statusCode(400);
    router.feedback(action, "closed", "success", "x".repeat(70_000)).then().statusCode(413);
    String[] many = new String[10_000];
    java.util.Arrays.fill(many, "x");
    router.feedback(action, "closed", "failure", many).then().statusCode(200);

    assertThat(
            Sql.text(
                "SELECT cardinality(details)::text FROM ddi_action WHERE number = ?::int", action))
        .isEqualTo("20");
  }

  @Test
  void outsideOfTheWindowSwupdateSleepsUntilItOpensAndRaucDownloads() {
    // It opens in some two days, wherever the device is.
    String opens =
        LocalDateTime.now(java.time.Clock.systemUTC())
            .atOffset(ZoneOffset.UTC)
            .toLocalDateTime()
            .plusDays(2)
            .truncatedTo(ChronoUnit.MINUTES)
            .toString();
    fleet.publish("3.0", Map.of("install", Map.of("notBefore", opens)));
    Router router = fleet.running("1.0");

    router
        .poll()
        .then()
        .body("_links.size()", equalTo(0))
        .body("towncrier.reason", equalTo("window-closed"));
    String link = router.as(RAUC).get(router.path("")).path("_links.deploymentBase.href");
    String action = link == null ? "none" : link.replaceFirst(".*/(\\d+)\\?.*", "$1");
    deploymentForRauc(router, action)
        .body("deployment.download", equalTo("forced"))
        .body("deployment.update", equalTo("skip"))
        .body("deployment.maintenanceWindow", equalTo("unavailable"))
        .body("deployment.chunks[0].artifacts[0].filename", equalTo("fw.raucb"));
  }

  private static ValidatableResponse deploymentForRauc(Router router, String action) {
    return router.as(RAUC).get(router.path("/deploymentBase/" + action)).then().statusCode(200);
  }

  @Test
  void factsAreMergedReplacedAndRemovedAndOthersDropped() {
    Router router = fleet.router();
    String id = deviceId(router);
    router
        .says(
            Map.of(
                "version", "1.0",
                "country", "DE",
                "timezone", "Europe/Berlin",
                "hardware", "v2",
                "serial", "4711"))
        .then()
        .statusCode(200);
    assertThat(facts(id)).isEqualTo("1.0 DE Europe/Berlin v2");
    router.says(Map.of("country", "FR")).then().statusCode(200);
    assertThat(facts(id)).isEqualTo("1.0 FR Europe/Berlin v2");
    configData(router, "replace", Map.of("hardware", "v3"));
    assertThat(facts(id)).isEqualTo("1.0 - - v3");
    configData(router, "remove", Map.of("hardware", "", "version", ""));
    assertThat(facts(id)).as("the version is never forgotten").isEqualTo("1.0 - - -");
    configData(router, "merge", Map.of("version", "x".repeat(65), "country", "Mars"));
    assertThat(facts(id)).isEqualTo("1.0 - - -");
    router
        .as()
        .body(Map.of("name", "fw", "version", "1.5"))
        .put(router.path("/installedBase"))
        .then()
        .statusCode(200);
    assertThat(facts(id)).isEqualTo("1.5 - - -");
  }

  private static void configData(Router router, String mode, Map<String, String> data) {
    router
        .as()
        .body(Map.of("mode", mode, "data", data))
        .put(router.path("/configData"))
        .then()
        .statusCode(200);
  }

  private String deviceId(Router router) {
    return fleet
        .imports(
            Map.of(
                "controllerId",
                router.controllerId(),
                "token",
                router.authorization().substring("TargetToken ".length())))
        .then()
        .statusCode(200)
        .extract()
        .path("deviceIds[0]");
  }

  private static String facts(String id) {
    return Sql.text(
        "SELECT version || ' ' || coalesce(country, '-') || ' ' || coalesce(time_zone, '-')"
            + " || ' ' || coalesce(hardware, '-') FROM device WHERE id = ?",
        id);
  }

  @Test
  void aDeviceKeepsItsIdentityInEveryDialect() {
    Router router = fleet.running("1.0");
    String id = deviceId(router);
    String secret = router.authorization().substring("TargetToken ".length());
    Api.Registered own = new Api.Registered(id, secret);

    own.as().body("{}").post(own.path("/check")).then().body("release.version", equalTo("2.0"));
    own.as().body("{\"version\":\"2.0\"}").post(own.path("/check")).then().statusCode(200);
    router.poll().then().body("towncrier.decision", equalTo("up-to-date"));

    Api.Registered registered =
        Api.register(Map.of("kind", "router", "product", fleet.product, "version", "1.0"));
    Router asDdi = new Router(registered.id(), "TargetToken " + registered.secret());
    assertThat(asDdi.action()).isNotEmpty();
  }
}
