package io.towncrier.halts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.delivery.PushHalts;
import io.towncrier.delivery.sending.DrainOutbox;
import io.towncrier.platform.Ids;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.Management;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One call stops everything of the cell. */
@QuarkusTest
class HaltIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String REASON = "a notice in the wrong language";

  @Inject DrainOutbox drain;
  @Inject CatalogueStore catalogue;
  @Inject PushHalts halts;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String product = "router-" + Ids.next("hlt").substring(4);

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void everythingGoesOn() {
    fcm.behave(arrival -> Answer.accepted());
    Api.operator()
        .body(Map.of("what", "all", "reason", "the test is over"))
        .post("/v1/admin/resume");
  }

  @Test
  void pushesStopWhenTheAnswerComesAndAllOfThemGoOnAfterwards() throws Exception {
    Api.Registered phone = Api.phone("sm");
    String address = Ids.next("tok");
    phone.pushTo(address);
    CountDownLatch release = new CountDownLatch(1);
    fcm.behave(
        arrival -> {
          await(release);
          return Answer.accepted();
        });
    String first = Api.announce("First", Map.of("devices", List.of(phone.id())));
    Await.patiently("a push is on its way", () -> fcm.to(address).size() == 1);
    CompletableFuture<Integer> halt =
        CompletableFuture.supplyAsync(() -> halt("pushes", false).extract().statusCode());
    Await.patiently(
        "it holds",
        () -> standing().extract().<List<String>>path("halted.what").contains("pushes"));
    assertThat(halt).as("a push is in flight").isNotDone();
    release.countDown();
    assertThat(halt.get(10, TimeUnit.SECONDS)).isEqualTo(200);

    String second = Api.announce("Second", Map.of("devices", List.of(phone.id())));
    assertThat(drained(second)).as("nothing is claimed").isZero();
    Api.operator()
        .get("/v1/admin/notices/" + second)
        .then()
        .body("state", equalTo("running"))
        .body("deliveries.waitsBecause", equalTo("pushes-halted"));
    phone.as().get(phone.path("/notices")).then().body("items.id", hasItems(first, second));
    phone
        .propose(Ids.next("tok"))
        .then()
        .statusCode(503)
        .body("code", equalTo("provider-unavailable"));
    health("push").body(data("push", "state"), equalTo("halted"));

    resume("rollouts").statusCode(409).body("code", equalTo("wrong-state"));
    resume("pushes").statusCode(200).body("resumed", contains("pushes"), "halted", empty());
    drained(second);
    Await.patiently("the second goes out", () -> fcm.to(address).size() == 2);
    Api.operator()
        .get("/v1/admin/audit?subject=pushes")
        .then()
        .body("items[0].action", equalTo("pushes.resumed"))
        .body("items[1].action", equalTo("pushes.halted"))
        .body("items[1].detail", equalTo(REASON));
  }

  @Test
  void whatIsAboutSecurityGoesOnUntilItIsHaltedToo() {
    Api.Registered phone = Api.phone("ve");
    String address = Ids.next("tok");
    phone.pushTo(address);
    halt("pushes", true).statusCode(200).body("halted[0].exceptSecurity", equalTo(true));
    String news = Api.announce("News", Map.of("devices", List.of(phone.id())));
    incident(phone);
    assertThat(drained(news)).isZero();
    Await.patiently("the incident goes out", () -> fcm.to(address).size() == 1);

    halt("pushes", false).statusCode(200).body("halted[0].exceptSecurity", equalTo(false));
    String another = incident(phone);
    assertThat(drained(another)).isZero();
    // A halt never lets anything go on.
    halt("pushes", true).statusCode(200).body("halted[0].exceptSecurity", equalTo(false));
    assertThat(drained(another)).isZero();
    assertThat(fcm.to(address)).hasSize(1);
  }

  @Test
  void everyOfferStopsAndComesBackAsItWas() {
    product();
    out("2.0", Map.of());
    out("3.0", Map.of("severity", "security", "advisory", advisory()));
    post("3.0", "/rollout/halt").statusCode(200);
    String before = check().body("release.version", equalTo("2.0")).extract().header("ETag");

    Instant asked = Instant.now();
    ValidatableResponse halted = halt("all", true).statusCode(200);
    halted.body("halted.what", contains("pushes", "rollouts"), "cachedUntil", notNullValue());
    // What an instance reads that starts now, or looks for changes.
    CatalogueStore.Content stored = catalogue.load().await().atMost(SOON);
    assertThat(stored.halt().exceptsSecurity()).isTrue();
    assertThat(halts.find().await().atMost(SOON).exceptsSecurity()).isTrue();
    assertThat(Instant.parse(halted.extract().path("cachedUntil"))).isAfter(asked.plusSeconds(59));
    check()
        .body("decision", equalTo("held-back"), "reason", equalTo("stopped"))
        .header("ETag", not(before));
    health("catalogue snapshot")
        .body(data("catalogue snapshot", "offersHaltedSince"), notNullValue());
    Api.operator()
        .body(Map.of("product", product, "version", "1.0"))
        .post("/v1/admin/explain")
        .then()
        .body("releases[1].gates.find { it.gate == 'cell' }.refusal", equalTo("stopped"));

    // What is about security goes on, when nothing of its own holds it.
    post("3.0", "/rollout/resume").statusCode(200);
    check().body("release.version", equalTo("3.0"));
    halt("rollouts", false).statusCode(200);
    check().body("reason", equalTo("stopped"));
    post("3.0", "/rollout/halt").statusCode(200);

    resume("all").statusCode(200).body("resumed", contains("pushes", "rollouts"));
    check().body("decision", equalTo("offer"), "release.version", equalTo("2.0"));
    assertThat(
            Api.operator()
                .get("/v1/admin/releases/" + product + ":3.0")
                .<String>path("rollout.state"))
        .as("what was halted by itself stays so")
        .isEqualTo("halted");
  }

  @Test
  void rolloutsStandStillMeanwhile() {
    product();
    out(
        "2.0",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 1, "soak", "PT1H"), Map.of("percentage", 100)))));
    out("1.9", Map.of());
    halt("rollouts", false).statusCode(200);
    // Paused and resumed while all stand still: that moves nothing by itself.
    post("2.0", "/rollout/pause").statusCode(200);
    post("2.0", "/rollout/resume").statusCode(200);
    Instant since = Instant.parse(standing().extract().path("halted[0].since"));
    resume("rollouts").statusCode(200);
    Instant now = Instant.now();

    Duration held =
        Duration.parse(
            Api.operator().get("/v1/admin/releases/" + product + ":2.0").path("rollout.heldFor"));
    assertThat(held).isPositive().isLessThanOrEqualTo(Duration.between(since, now));
    Api.operator()
        .get("/v1/admin/releases/" + product + ":1.9")
        .then()
        .body("revision", equalTo(1));
  }

  @Test
  void bothNeedAReasonAndSayWhatIsMeant() {
    for (String path : List.of("/v1/admin/halt", "/v1/admin/resume")) {
      Api.operator()
          .body(Map.of("what", "everything"))
          .post(path)
          .then()
          .statusCode(400)
          .body("errors.field", hasItems("what", "reason"));
      Api.operator()
          .body(Map.of("what", "all", "reason", "r", "exceptSecurty", true))
          .post(path)
          .then()
          .statusCode(400)
          .body("errors.field", hasItem("exceptSecurty"));
    }
    standing().body("halted", empty());
  }

  private long drained(String notice) {
    return drain.run(Optional.of(notice), () -> true).await().atMost(SOON);
  }

  private static ValidatableResponse halt(String what, boolean exceptSecurity) {
    return Api.operator()
        .body(Map.of("what", what, "exceptSecurity", exceptSecurity, "reason", REASON))
        .post("/v1/admin/halt")
        .then();
  }

  private static ValidatableResponse resume(String what) {
    return Api.operator()
        .body(Map.of("what", what, "reason", "it was put right"))
        .post("/v1/admin/resume")
        .then();
  }

  private static ValidatableResponse standing() {
    return Api.operator().get("/v1/admin/halt").then().statusCode(200);
  }

  private static ValidatableResponse health(String check) {
    return Api.anonymous()
        .get(Management.url("/q/health/ready"))
        .then()
        .statusCode(200)
        .body("checks.name", hasItem(check));
  }

  private static String data(String check, String member) {
    return "checks.find { it.name == '" + check + "' }.data." + member;
  }

  private static String incident(Api.Registered phone) {
    String text = "It is closed.";
    Map<String, Object> advice =
        Map.of("situation", text, "measures", text, "selfProtection", text, "remedies", text);
    String id =
        Api.operator()
            .body(
                Map.of(
                    "kind",
                    "security-incident",
                    "defaultLanguage",
                    "en",
                    "texts",
                    Map.of("en", Map.of("title", "T", "body", "B", "incident", advice)),
                    "audience",
                    Map.of("devices", List.of(phone.id()))))
            .post("/v1/admin/notices")
            .then()
            .statusCode(201)
            .extract()
            .path("id");
    Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
    return id;
  }

  private void product() {
    Api.operator()
        .body(Map.of("id", product, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  private void out(String version, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>();
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("publishedAt", "2026-01-01T00:00:00Z");
    release.put("notes", Map.of("en", Map.of("title", "New", "body", "All of it")));
    release.putAll(more);
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  private static Map<String, Object> advisory() {
    return Map.of(
        "id", "TC-1",
        "severity", "high",
        "affected", Map.of("before", "3.0"),
        "description", "A hole.",
        "remedy", "Install it.");
  }

  private ValidatableResponse post(String version, String action) {
    return Api.operator().post("/v1/admin/releases/" + product + ":" + version + action).then();
  }

  private ValidatableResponse check() {
    return Api.anonymous()
        .queryParam("version", "1.0")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await(8, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
