package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.config.HttpClientConfig;
import io.restassured.response.ValidatableResponse;
import io.towncrier.outcomes.judging.FoldOutcomes;
import io.towncrier.outcomes.judging.JudgeRollouts;
import io.towncrier.testing.Api;
import io.towncrier.testing.Management;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.http.conn.params.ConnRoutePNames;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Routers that are updated, over HTTP: offers, attempts, halts and promotions. */
@QuarkusTest
class RolloutHealthIT {
  private static final AtomicInteger NETWORKS = new AtomicInteger();

  private final String product = "health-" + UUID.randomUUID();
  private final String release = product + ":2.0.0";

  @Inject JudgeRollouts judge;
  @Inject GiveUpSilent silent;
  @Inject FoldOutcomes fold;

  @BeforeEach
  void publishInTwoPhases() {
    Api.operator().body(catalogue()).post("/v1/admin/catalogue").then().statusCode(200);
    Api.operator()
        .body(Map.of("revision", 0, "minimum", 20, "confirmSoak", "PT0S", "timeOut", "PT1H"))
        .put("/v1/admin/products/" + product + "/outcome-policy")
        .then()
        .statusCode(200)
        .body("minimum", equalTo(20), "revision", equalTo(1));
  }

  private String catalogue() {
    return """
    {"products":[{"id":"%1$s","name":"Router","kind":"firmware","defaultLanguage":"en"}],
     "releases":[{"products":["%1$s"],"version":"2.0.0","severity":"recommended",
       "publishedAt":"2026-05-01T00:00:00Z",
       "rollout":{"promotion":"health","phases":[{"percentage":50},{"percentage":100}]},
       "notes":{"en":{"title":"Firmware 2.0.0","body":"Better."}}}]}
    """
        .formatted(product);
  }

  @Test
  void tooManyFailuresHaltTheRolloutAndTheAuditLogNamesTheFigures() throws SQLException {
    List<Api.Registered> routers = routers(22, true);
    for (int i = 0; i < 20; i++) {
      offer(routers.get(i)).body("decision", equalTo("offer"));
      report(routers.get(i), "installing", Map.of());
      report(routers.get(i), "failed", Map.of("code", "install-error"));
    }

    Api.operator()
        .get("/v1/admin/releases/" + release)
        .then()
        .body("rollout.state", equalTo("halted"));
    offer(routers.get(20)).body("decision", equalTo("up-to-date"));
    progress()
        .body("state", equalTo("halted"))
        .body("phases[0].counted.installFailed", equalTo(20))
        .body("phases[0].counted.offered", equalTo(20));
    Api.operator()
        .get("/v1/admin/releases/" + release + "/timeline")
        .then()
        .body("items[0].action", equalTo("rollout.halted"))
        .body("items[0].actor", equalTo("rollout-health"))
        .body("items[0].detail", containsString("20 of 20 failed (100.00 %"));

    assertThat(Api.anonymous().get(Management.url("/q/metrics")).asString())
        .contains("towncrier_rollout_devices{outcome=\"install-failed\",release=\"" + release)
        .contains("towncrier_rollouts_halted_total");

    resume(Map.of()).statusCode(422);
    resume(Map.of("reason", "a bad batch of flash chips")).statusCode(200);
    judge.run(() -> true).await().atMost(Duration.ofSeconds(20));
    offer(routers.get(20)).body("decision", equalTo("offer"));
    progress().body("rate.judged", equalTo(0), "state", equalTo("running"));
  }

  @Test
  void confirmedUpdatesPromoteTheRolloutAndNothingElseDoes() throws SQLException {
    List<Api.Registered> routers = routers(20, true);
    progress().body("phase", equalTo(0), "verdict", equalTo("too-few-ended"));
    for (Api.Registered router : routers) {
      offer(router).body("decision", equalTo("offer"));
      report(router, "installed", Map.of("bootId", "a"));
      runs(router, "2.0.0").body("decision", equalTo("up-to-date"));
    }
    progress()
        .body("phases[0].counted.confirmed", equalTo(20))
        .body("phases[0].addressed", equalTo(10));

    // Or the service's own timer was faster.
    judge.run(() -> true).await().atMost(Duration.ofSeconds(20));
    progress().body("phase", equalTo(1), "promotion", equalTo("health"));
    fold.run(() -> true).await().atMost(Duration.ofSeconds(20));
    progress().body("phases[0].counted.confirmed", equalTo(20));
  }

  @Test
  void aPhaseIsPromotedByHandOnceAndWithAReason() {
    int revision =
        Api.operator().get("/v1/admin/releases/" + release).then().extract().path("revision");
    Api.operator()
        .body(
            Map.of(
                "revision",
                revision,
                "promotion",
                "hand",
                "phases",
                List.of(Map.of("percentage", 50), Map.of("percentage", 100))))
        .put("/v1/admin/releases/" + release + "/rollout")
        .then()
        .statusCode(200)
        .body("rollout.promotion", equalTo("hand"));
    promote(Map.of("from", 0)).statusCode(400).body("errors.field", hasItem("reason"));
    promote(Map.of("from", 0, "reason", "the lab is content"))
        .statusCode(200)
        .body("rollout.phase", equalTo(1));
    promote(Map.of("from", 0, "reason", "a second click")).statusCode(409);
    progress().body("phase", equalTo(1), "promotion", equalTo("hand"));
  }

  @Test
  void settingsOfAReleaseAreLaidOverThoseOfItsProduct() {
    String policy = "/v1/admin/releases/" + release + "/outcome-policy";
    Api.operator().get(policy).then().statusCode(200).body("revision", equalTo(0));
    Api.operator()
        .body(Map.of("revision", 0, "failures", 7.5))
        .put(policy)
        .then()
        .statusCode(200)
        .body("failures", equalTo(7.5f));
    Api.operator()
        .body(Map.of("revision", 0, "failures", 9))
        .put(policy)
        .then()
        .statusCode(409)
        .body("current.revision", equalTo(1));
    progress().body("rate.threshold", equalTo(7.5f), "rate.minimum", equalTo(20));
    Api.operator()
        .body(Map.of("revision", 1, "failures", 100, "timeOut", "soon", "retried", List.of("x")))
        .put(policy)
        .then()
        .statusCode(400)
        .body("errors.field", hasItems("failures", "timeOut", "retried"));
  }

  @Test
  void aReleaseSaysHowOftenItIsTried() throws SQLException {
    Api.operator()
        .body(Map.of("revision", 0, "attempts", 1))
        .put("/v1/admin/releases/" + release + "/outcome-policy")
        .then()
        .statusCode(200);
    Api.Registered router = routers(1, true).get(0);
    offer(router);
    report(router, "failed", Map.of("code", "busy"));
    offer(router).body("reason", equalTo("attempts-used-up"));
  }

  private ValidatableResponse promote(Map<String, ?> body) {
    return Api.operator()
        .body(body)
        .post("/v1/admin/releases/" + release + "/rollout/promote")
        .then();
  }

  @Test
  void devicesThatCameWithTheReleaseHaltNothingAndAreShown() throws SQLException {
    for (Api.Registered router : routers(20, false)) {
      offer(router).body("decision", equalTo("offer"));
      report(router, "failed", Map.of("code", "install-error"));
    }
    progress()
        .body("state", equalTo("running"))
        .body("phases[0].counted.installFailed", equalTo(0))
        .body("phases[0].uncounted.installFailed", equalTo(20))
        .body("alerts", hasItem("uncounted-devices-fail"));
  }

  @Test
  void aDeviceThatFailedForGoodIsNotOfferedItUntilAnOperatorLooks() throws SQLException {
    Api.Registered router = routers(1, true).get(0);
    offer(router).body("decision", equalTo("offer"));
    report(router, "installing", Map.of("detail", "eth0 10.1.2.3"));
    report(router, "failed", Map.of("code", "boot-failed"));
    offer(router)
        .body("decision", equalTo("held-back"))
        .body("reason", equalTo("attempts-used-up"));
    outcomes(router)
        .body(
            "outcomes[0].state", equalTo("failed"), "outcomes[0].held", equalTo("attempts-used-up"))
        .body("outcomes[0].transitions.event", hasItems("offer", "installing", "install-failed"))
        .body("outcomes[0].transitions.detail", hasItem("eth0 ***"));
    explain(router).body("attempt.held", equalTo("attempts-used-up"));

    Api.operator()
        .body(Map.of("version", "2.0.0", "reason", "its flash was replaced"))
        .post("/v1/admin/devices/" + router.id() + "/outcomes/retry")
        .then()
        .statusCode(200);
    offer(router).body("decision", equalTo("offer"));
    outcomes(router)
        .body("outcomes[0].state", equalTo("offered"), "outcomes[0].attempt", equalTo(1));
  }

  @Test
  void aFailureThatIsMadeGoodCountsForItsNetworkNoMore() throws SQLException {
    Api.Registered router = routers(1, true).get(0);
    offer(router);
    report(router, "failed", Map.of("code", "busy"));
    assertThat(failuresOfNetworks()).isEqualTo("1");
    sql("UPDATE device_outcome SET held_until = now() WHERE product_id = '" + product + "'");

    offer(router).body("decision", equalTo("offer"));
    report(router, "installed", Map.of("bootId", "a"));
    runs(router, "2.0.0");
    outcomes(router).body("outcomes[0].state", equalTo("confirmed"));
    assertThat(failuresOfNetworks()).isEqualTo("0");
  }

  private String failuresOfNetworks() {
    return Sql.text(
        "SELECT sum(failures)::text FROM outcome_network WHERE product_id = ?", product);
  }

  @Test
  void aSilentRollBackIsSeenInTheNextCheck() throws SQLException {
    Api.Registered router = routers(1, true).get(0);
    offer(router);
    report(router, "installed", Map.of("bootId", "a"));
    offer(router).body("reason", equalTo("awaiting-restart"));
    router
        .as()
        .body(Map.of("version", "1.0.0", "bootId", "b", "manual", true))
        .post(router.path("/check"))
        .then()
        .body("decision", equalTo("held-back"), "reason", equalTo("attempts-used-up"));
    outcomes(router).body("outcomes[0].state", equalTo("rolled-back"), "outcomes", hasSize(1));
  }

  @Test
  void aDeviceThatIsNotHeardOfAgainTimesOut() throws SQLException {
    List<Api.Registered> routers = routers(2, true);
    for (Api.Registered router : routers) {
      offer(router);
      report(router, "installing", Map.of());
    }
    sql(
        "UPDATE device_outcome SET heard_at = now() - interval '3 days', due_at = now() - interval"
            + " '2 days' WHERE product_id = '"
            + product
            + "'");
    // One of them was seen since, in whatever request.
    sql(
        "UPDATE device SET last_seen_on = current_date - 3 WHERE id = '"
            + routers.get(0).id()
            + "'");
    silent.run(() -> true).await().atMost(Duration.ofSeconds(20));
    outcomes(routers.get(0)).body("outcomes[0].state", equalTo("timed-out"));
    outcomes(routers.get(1)).body("outcomes[0].state", equalTo("installing"));
    progress().body("phases[0].counted.lost", equalTo(1));
  }

  private List<Api.Registered> routers(int count, boolean longAgo) throws SQLException {
    List<Api.Registered> routers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      routers.add(Api.register(Map.of("kind", "router", "product", product, "version", "1.0.0")));
    }
    if (longAgo) {
      sql("UPDATE device SET registered_at = '2026-01-01' WHERE product_id = '" + product + "'");
    }
    return routers;
  }

  private static void sql(String statement) throws SQLException {
    try (Connection connection = Sql.connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }

  /** As its user asks, who passes the share of the phase. */
  private static ValidatableResponse offer(Api.Registered router) {
    return router
        .as()
        .body(Map.of("version", "1.0.0", "manual", true))
        .post(router.path("/check"))
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse runs(Api.Registered router, String version) {
    return router.as().body(Map.of("version", version)).post(router.path("/check")).then();
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void report(Api.Registered router, String state, Map<String, ?> more) {
    Map<String, Object> body =
        new HashMap<>(
            Map.of("id", UUID.randomUUID().toString(), "version", "2.0.0", "state", state));
    body.putAll(more);
    // Each from a network of its own: no tenth of the failures comes from one.
    int network = NETWORKS.getAndIncrement();
    String source = "127." + (1 + network / 256) + "." + network % 256 + ".9";
    router
        .as()
        .config(
            RestAssured.config()
                .httpClient(
                    HttpClientConfig.httpClientConfig()
                        .setParam(ConnRoutePNames.LOCAL_ADDRESS, address(source))))
        .body(body)
        .post(router.path("/outcomes"))
        .then()
        .statusCode(200);
  }

  private ValidatableResponse progress() {
    return Api.operator().get("/v1/admin/releases/" + release + "/progress").then().statusCode(200);
  }

  private ValidatableResponse resume(Map<String, ?> body) {
    return Api.operator()
        .body(body)
        .post("/v1/admin/releases/" + release + "/rollout/resume")
        .then();
  }

  private static ValidatableResponse outcomes(Api.Registered router) {
    return Api.operator().get("/v1/admin/devices/" + router.id() + "/outcomes").then();
  }

  private static ValidatableResponse explain(Api.Registered router) {
    return Api.operator()
        .body(Map.of("deviceId", router.id()))
        .post("/v1/admin/explain")
        .then()
        .statusCode(200);
  }
}
