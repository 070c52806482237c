package io.towncrier.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A release from its draft to its end, as an operator and a client see it. */
@QuarkusTest
class ReleaseLifeIT {
  private static final String RELEASES = "/v1/admin/releases";
  private static final String PRODUCTS = "/v1/admin/products";

  private String product;

  @BeforeEach
  void aProductOfItsOwn() {
    product = "router-" + UUID.randomUUID();
    Api.operator()
        .body(product())
        .post(PRODUCTS)
        .then()
        .statusCode(201)
        .body("revision", equalTo(0));
  }

  @Test
  void aDraftIsSeenByNobodyUntilItIsPublished() {
    draft("2.0", Map.of());
    check("1.0").body("decision", equalTo("up-to-date"));

    publish("2.0", 0).statusCode(200).body("state", equalTo("published"), "revision", equalTo(1));

    check("1.0").body("decision", equalTo("offer"), "release.version", equalTo("2.0"));
  }

  @Test
  void whatIsWithdrawnIsOfferedToNobody() {
    out("2.0", Map.of());

    post("2.0", "/withdraw").statusCode(200).body("state", equalTo("withdrawn"));

    check("1.0").body("decision", equalTo("up-to-date"));
    post("2.0", "/withdraw").statusCode(409).body("code", equalTo("wrong-state"));
  }

  @Test
  void whatWasWithdrawnCanBePublishedAnewAsItWasAlone() {
    out(
        "2.0",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 0, "soak", "PT1H"), Map.of("percentage", 100)))));
    byHand("1.0").body("decision", equalTo("offer"));
    String before = Api.operator().get(RELEASES + "/" + product + ":2.0").path("publishedAt");
    post("2.0", "/withdraw").statusCode(200);
    byHand("1.0").body("decision", equalTo("up-to-date"));
    edit("2.0", 2, Map.of("severity", "critical")).statusCode(409);
    publish("2.0", 1).statusCode(409).body("code", equalTo("stale-revision"));

    publish("2.0", 2).statusCode(200).body("state", equalTo("published"), "revision", equalTo(3));

    byHand("1.0").body("decision", equalTo("offer"), "release.version", equalTo("2.0"));
    // Its rollout begins anew: nobody is in by a phase that had run before.
    check("1.0").body("reason", equalTo("outside-rollout"));
    String now = Api.operator().get(RELEASES + "/" + product + ":2.0").path("publishedAt");
    assertThat(Instant.parse(now)).isAfter(Instant.parse(before));
    publish("2.0", 3).statusCode(409).body("code", equalTo("wrong-state"));
  }

  @Test
  void whatWasHaltedWhenItWasWithdrawnIsHaltedWhenItComesBack() {
    out("2.0", Map.of());
    post("2.0", "/rollout/halt").statusCode(200);
    post("2.0", "/withdraw").statusCode(200);
    publish("2.0", 3).statusCode(200);
    check("1.0").body("decision", equalTo("up-to-date"));
    post("2.0", "/rollout/resume").statusCode(200);
    check("1.0").body("release.version", equalTo("2.0"));
  }

  @Test
  void theSecondOfTwoOperatorsIsToldThatTheDraftIsAnotherOne() {
    draft("2.0", Map.of());
    edit("2.0", 0, Map.of("severity", "critical")).statusCode(200).body("revision", equalTo(1));

    edit("2.0", 0, Map.of("severity", "optional"))
        .statusCode(409)
        .body("code", equalTo("stale-revision"))
        .body("current.revision", equalTo(1))
        .body("current.severity", equalTo("critical"));
    publish("2.0", 0).statusCode(409).body("code", equalTo("stale-revision"));
  }

  @Test
  void ofTwoEditsAtOnceOneIsRefused() {
    draft("2.0", Map.of());

    List<Integer> answers =
        Stream.of("critical", "optional", "recommended", "critical")
            .map(
                severity ->
                    CompletableFuture.supplyAsync(
                        () -> edit("2.0", 0, Map.of("severity", severity)).extract().statusCode()))
            .toList()
            .stream()
            .map(CompletableFuture::join)
            .sorted()
            .toList();

    assertThat(answers).containsExactly(200, 409, 409, 409);
  }

  @Test
  void twoOperatorsWhoEditAProductMeetToo() {
    Map<String, Object> wanted = new HashMap<>(product());
    wanted.put("revision", 0);
    wanted.put("name", "Another name");
    Api.operator().body(wanted).put(PRODUCTS + "/" + product).then().statusCode(200);

    Api.operator()
        .body(wanted)
        .put(PRODUCTS + "/" + product)
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-revision"), "current.name", equalTo("Another name"));
  }

  @Test
  void whatIsPublishedIsNoDraftAnyMore() {
    out("2.0", Map.of());

    edit("2.0", 1, Map.of()).statusCode(409).body("code", equalTo("wrong-state"));
    Api.operator()
        .header("If-Match", "\"1\"")
        .delete(RELEASES + "/" + product + ":2.0")
        .then()
        .statusCode(409)
        .body("code", equalTo("wrong-state"));
  }

  @Test
  void aDraftCanBeThrownAway() {
    draft("2.0", Map.of());

    Api.operator()
        .header("If-Match", "\"0\"")
        .delete(RELEASES + "/" + product + ":2.0")
        .then()
        .statusCode(204);

    Api.operator()
        .get(RELEASES + "/" + product + ":2.0")
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-release"));
  }

  @Test
  void theLinterRefusesWhatWouldBeWrongAndNamesThePlace() {
    draft("2.0", Map.of("severity", "security", "notes", Map.of("de", text())));

    publish("2.0", 0)
        .statusCode(422)
        .body("code", equalTo("unpublishable"))
        .body(
            "errors.field",
            hasItems(
                "products[" + product + "].releases[2.0].notes.en",
                "products[" + product + "].releases[2.0].advisory"));
    Api.operator()
        .get(RELEASES + "/" + product + ":2.0")
        .then()
        .body("state", equalTo("draft"), "revision", equalTo(0));
  }

  @Test
  void aSecurityReleaseTellsWhatItCloses() {
    out(
        "2.0",
        Map.of(
            "severity",
            "security",
            "advisory",
            Map.of(
                "id", "CVE-2026-0001",
                "severity", "high",
                "affected", Map.of("before", "2.0"),
                "description", "A gap",
                "remedy", "Install 2.0")));

    check("1.0")
        .body("release.advisory.id", equalTo("CVE-2026-0001"))
        .body("release.advisory.affected", equalTo("(, 2.0)"));
  }

  @Test
  void aFloorIsTheNextHopAndNamesTheTarget() {
    out("1.5", Map.of("floorFor", Map.of("before", "1.5")));
    out("2.0", Map.of());

    check("1.0").body("release.version", equalTo("1.5"), "release.target", equalTo("2.0"));
    check("1.5").body("release.version", equalTo("2.0"));
  }

  @Test
  void aRolloutGrowsIsPausedHaltedAndResumed() {
    out("2.0", Map.of("rollout", Map.of("phases", List.of(Map.of("percentage", 0)))));
    check("1.0").body("decision", equalTo("held-back"), "reason", equalTo("outside-rollout"));
    byHand("1.0").body("decision", equalTo("offer"));

    phases("2.0", 1, List.of(Map.of("percentage", 100))).statusCode(200);
    check("1.0").body("decision", equalTo("offer"));

    post("2.0", "/rollout/halt").statusCode(200).body("rollout.state", equalTo("halted"));
    check("1.0").body("decision", equalTo("up-to-date"));
    byHand("1.0").body("decision", equalTo("up-to-date"));

    post("2.0", "/rollout/resume").statusCode(200);
    check("1.0").body("decision", equalTo("offer"));
    post("2.0", "/rollout/pause").statusCode(200).body("rollout.state", equalTo("paused"));
    check("1.0").body("decision", equalTo("offer"));
  }

  @Test
  void aRolloutNeitherShrinksNorBeginsInThePastNorPassesAHundred() {
    out("2.0", Map.of("rollout", Map.of("phases", List.of(Map.of("percentage", 50)))));

    phases("2.0", 1, List.of(Map.of("percentage", 20)))
        .statusCode(422)
        .body("errors[0].message", startsWith("rollout-shrinks"));
    String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
    phases("2.0", 1, List.of(Map.of("percentage", 60, "start", yesterday)))
        .statusCode(422)
        .body("errors[0].field", containsString("releases[2.0].rollout.phases[0].start"))
        .body("errors[0].message", startsWith("phase-in-the-past"));
    phases("2.0", 1, List.of(Map.of("percentage", 101)))
        .statusCode(400)
        .body("errors.field", contains("phases[0].percentage"));
    phases("2.0", 1, List.of(Map.of("percentage", 60), Map.of("percentage", 55)))
        .statusCode(400)
        .body("errors.field", contains("phases[1].percentage"));
  }

  @Test
  void anImportDoesNotUndoAHalt() {
    Map<String, Object> build = new HashMap<>(release("2.0", Map.of()));
    build.remove("product");
    build.put("products", List.of(product));
    build.put("publishedAt", "2026-01-01T00:00:00Z");
    Map<String, Object> document = Map.of("releases", List.of(build));
    importing(document).statusCode(200).body("releases.created", equalTo(1));
    importing(document).statusCode(200).body("releases.changed", equalTo(0));
    post("2.0", "/rollout/halt").statusCode(200);

    importing(document).statusCode(400).body("errors.field", contains("releases[0].rollout.state"));
    check("1.0").body("decision", equalTo("up-to-date"));

    post("2.0", "/withdraw").statusCode(200);
    importing(document).statusCode(400).body("errors.field", contains("releases[0].state"));
    check("1.0").body("decision", equalTo("up-to-date"));
  }

  private static ValidatableResponse importing(Map<String, Object> document) {
    return Api.operator().body(document).post("/v1/admin/catalogue").then();
  }

  @Test
  void whatIsPausedBeforeItIsOutComesOutWhenItIsResumed() {
    String soon = Instant.now().plus(Duration.ofSeconds(1)).toString();
    out("2.0", Map.of("publishedAt", soon));
    post("2.0", "/rollout/pause").statusCode(200);
    Await.until("its moment has passed", Duration.ofSeconds(5), () -> isPast(soon));

    check("1.0").body("decision", equalTo("up-to-date"));
    post("2.0", "/rollout/resume").statusCode(200);
    Await.until(
        "it is out",
        Duration.ofSeconds(10),
        () -> check("1.0").extract().path("decision").equals("offer"));
  }

  private static boolean isPast(String instant) {
    return Instant.now().isAfter(Instant.parse(instant));
  }

  @Test
  void aPercentageOfAnySizeIsRefused() {
    draft("2.0", Map.of());
    for (String size : List.of("1e999", "1e1000000", "-1e1000000")) {
      String body = "{\"revision\":0,\"phases\":[{\"percentage\":" + size + "}]}";
      Api.operator()
          .body(body)
          .put(RELEASES + "/" + product + ":2.0/rollout")
          .then()
          .statusCode(400);
      Api.operator()
          .body(
              "{\"releases\":[{\"products\":[\"x\"],\"version\":\"1\",\"rollout\":{\"phases\":[{\"percentage\":"
                  + size
                  + "}]}}]}")
          .post("/v1/admin/catalogue")
          .then()
          .statusCode(400);
    }
  }

  @Test
  void aDraftWithAPhaseInThePastIsNotPublished() {
    String yesterday = Instant.now().minus(Duration.ofDays(1)).toString();
    draft(
        "2.0",
        Map.of("rollout", Map.of("phases", List.of(Map.of("percentage", 10, "start", yesterday)))));

    publish("2.0", 0)
        .statusCode(422)
        .body("errors[0].field", containsString("rollout.phases[0].start"));
  }

  @Test
  void aCycleOfFloorsIsRefused() {
    Map<String, Object> down = Map.of("name", "all", "downgrade", true);
    out("2.0", Map.of());
    out("2.5", Map.of("floorFor", Map.of("from", "1.9", "to", "2.0")));
    out("3.0", Map.of());
    draft("1.9", Map.of("floorFor", Map.of("from", "2.5", "to", "2.5"), "rules", List.of(down)));

    publish("1.9", 0).statusCode(422).body("errors.message", hasItem(startsWith("cycle")));
  }

  @Test
  void rulesThatContradictEachOtherAreRefused() {
    draft(
        "2.0",
        Map.of(
            "countries",
            Map.of("deny", List.of("FR")),
            "rules",
            List.of(
                Map.of("name", "france", "countries", Map.of("allow", List.of("FR"))),
                Map.of("name", "all"),
                Map.of("name", "germany", "countries", Map.of("allow", List.of("DE"))))));

    publish("2.0", 0)
        .statusCode(422)
        .body(
            "errors.field",
            hasItems(
                "products[" + product + "].releases[2.0].rules[france].countries",
                "products[" + product + "].releases[2.0].rules[germany]"));
  }

  @Test
  void aProductWhoseReleasesWouldBeWrongStaysAsItIs() {
    out("2.0", Map.of());
    Map<String, Object> wanted = new HashMap<>(product());
    wanted.put("revision", 0);
    wanted.put("defaultLanguage", "ja");

    Api.operator()
        .body(wanted)
        .put(PRODUCTS + "/" + product)
        .then()
        .statusCode(422)
        .body("errors.field", contains("products[" + product + "].releases[2.0].notes.ja"));
    Api.operator()
        .get(PRODUCTS + "/" + product)
        .then()
        .body("defaultLanguage", equalTo("en"), "revision", equalTo(0));
  }

  @Test
  void aProductOrAReleaseIsMadeOnce() {
    draft("2.0", Map.of());

    Api.operator()
        .body(product())
        .post(PRODUCTS)
        .then()
        .statusCode(409)
        .body("code", equalTo("already-exists"));
    Api.operator()
        .body(release("2.0", Map.of()))
        .post(RELEASES)
        .then()
        .statusCode(409)
        .body("code", equalTo("already-exists"));
    Map<String, Object> nobodys = new HashMap<>(release("2.0", Map.of()));
    nobodys.put("product", "nobody");
    Api.operator().body(nobodys).post(RELEASES).then().statusCode(404);
  }

  @Test
  void whatIsThereIsListedInPages() {
    draft("2.0", Map.of());
    out("1.0", Map.of());

    Api.operator()
        .get(RELEASES + "?product=" + product)
        .then()
        .statusCode(200)
        .body("items.version", contains("1.0", "2.0"));
    Api.operator()
        .get(RELEASES + "?product=" + product + "&state=draft")
        .then()
        .body("items.id", contains(product + ":2.0"));
    Api.operator()
        .get(RELEASES + "?product=" + product + "&after=" + product + ":1.0")
        .then()
        .body("items.version", contains("2.0"));
    Api.operator()
        .get(PRODUCTS + "?after=" + product)
        .then()
        .body("items.id", not(hasItem(product)));
    Api.operator().get(RELEASES + "?state=gone").then().statusCode(400);
  }

  @Test
  void anExportImportsAgainToTheSameBytes() {
    out("1.5", Map.of("floorFor", Map.of("before", "1.5"), "counter", 3));
    draft(
        "2.0",
        Map.of(
            "counter",
            4,
            "rules",
            List.of(
                Map.of(
                    "name",
                    "canary",
                    "priority",
                    5,
                    "languages",
                    List.of("zh", "de"),
                    "only",
                    Map.of("cohorts", List.of("b", "a"))),
                Map.of("name", "all", "hardware", List.of("B2"))),
            "install",
            Map.of("from", "02:00", "to", "05:00", "days", List.of("sunday", "saturday")),
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 0.25, "soak", "P1D"), Map.of("percentage", 100)))));
    Response first = Api.operator().get("/v1/admin/catalogue");

    Api.operator()
        .body(first.asByteArray())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200)
        .body("products.changed", equalTo(0), "releases.changed", equalTo(0));

    Response second = Api.operator().get("/v1/admin/catalogue");
    assertThat(second.asByteArray()).isEqualTo(first.asByteArray());
    assertThat(first.asString()).contains(product).contains("\"percentage\":0.25");
  }

  @Test
  void whoChangedWhatIsInTheAuditLog() {
    draft("2.0", Map.of());
    edit("2.0", 0, Map.of("severity", "critical")).statusCode(200);
    edit("2.0", 0, Map.of("severity", "optional")).statusCode(409);
    publish("2.0", 1).statusCode(200);
    phases("2.0", 2, List.of(Map.of("percentage", 12.5))).statusCode(422);
    post("2.0", "/rollout/pause").statusCode(200);
    post("2.0", "/rollout/resume").statusCode(200);
    post("2.0", "/rollout/halt").statusCode(200);
    post("2.0", "/withdraw").statusCode(200);
    post("2.0", "/withdraw").statusCode(409);
    draft("3.0", Map.of());
    phases("3.0", 0, List.of(Map.of("percentage", 12.5, "soak", "P1D"), Map.of("percentage", 100)))
        .statusCode(200);
    Api.operator()
        .header("If-Match", "\"1\"")
        .delete(RELEASES + "/" + product + ":3.0")
        .then()
        .statusCode(204);
    Map<String, Object> renamed = new HashMap<>(product());
    renamed.putAll(Map.of("revision", 0, "name", "Another name"));
    Api.operator().body(renamed).put(PRODUCTS + "/" + product).then().statusCode(200);

    audited(product + ":2.0")
        .body(
            "items.action",
            contains(
                "release.withdrawn",
                "rollout.halted",
                "rollout.resumed",
                "rollout.paused",
                "release.published",
                "release.edited",
                "release.drafted"))
        .body("items.actor", everyItem(not(emptyString())));
    audited(product + ":3.0")
        .body("items.action", contains("release.deleted", "rollout.changed", "release.drafted"))
        .body("items[1].detail", equalTo("12.5 % for PT24H, 100 %"));
    audited(product).body("items.action", contains("product.changed", "product.created"));
  }

  @Test
  void anImportIsAuditedOnceAndOnlyWhenItChangesSomething() {
    Map<String, Object> document = Map.of("products", List.of(product()), "releases", List.of());
    importing(document).statusCode(200);
    Map<String, Object> renamed = new HashMap<>(product());
    renamed.put("name", "Another name");
    String snapshot =
        importing(Map.of("products", List.of(renamed), "releases", List.of()))
            .statusCode(200)
            .extract()
            .path("snapshot");
    importing(Map.of("products", List.of(renamed), "releases", List.of())).statusCode(200);

    audited(snapshot)
        .body("items.action", contains("catalogue.imported"))
        .body("items[0].detail", containsString("products created 0, changed 1; "));
  }

  @Test
  void anImportOfNothingButTheOrderOfChannelsIsAuditedToo() {
    List<String> channels = Api.operator().get("/v1/admin/catalogue").path("channels");
    assertThat(channels).hasSizeGreaterThan(1);
    List<String> reversed = new ArrayList<>(channels);
    Collections.reverse(reversed);

    String snapshot =
        importing(Map.of("channels", reversed)).statusCode(200).extract().path("snapshot");
    importing(Map.of("channels", channels)).statusCode(200);

    audited(snapshot)
        .body("items.action", contains("catalogue.imported"))
        .body("items[0].detail", startsWith("channels changed "));
  }

  private static ValidatableResponse audited(String subject) {
    return Api.operator()
        .queryParam("subject", subject)
        .get("/v1/admin/audit")
        .then()
        .statusCode(200);
  }

  @Test
  void nobodyButAnOperatorWorksOnReleases() {
    Api.anonymous().get(RELEASES).then().statusCode(401);
    Api.anonymous().body(product()).post(PRODUCTS).then().statusCode(401);
    Api.anonymous().get("/v1/admin/catalogue").then().statusCode(401);
    Api.anonymous().post(RELEASES + "/" + product + ":2.0/rollout/halt").then().statusCode(401);
  }

  private Map<String, Object> product() {
    return Map.of("id", product, "name", "Router", "kind", "firmware", "defaultLanguage", "en");
  }

  private Map<String, Object> release(String version, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>();
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("publishedAt", "2026-01-01T00:00:00Z");
    release.put("notes", Map.of("en", text()));
    release.putAll(more);
    return release;
  }

  private static Map<String, String> text() {
    return Map.of("title", "New", "body", "All of it");
  }

  private void draft(String version, Map<String, ?> more) {
    Api.operator().body(release(version, more)).post(RELEASES).then().statusCode(201);
  }

  private void out(String version, Map<String, ?> more) {
    draft(version, more);
    publish(version, 0).statusCode(200);
  }

  private ValidatableResponse publish(String version, int revision) {
    return Api.operator()
        .body(Map.of("revision", revision))
        .post(RELEASES + "/" + product + ":" + version + "/publish")
        .then();
  }

  private ValidatableResponse edit(String version, int revision, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(release(version, more));
    body.put("revision", revision);
    return Api.operator().body(body).put(RELEASES + "/" + product + ":" + version).then();
  }

  private ValidatableResponse phases(String version, int revision, List<?> phases) {
    return Api.operator()
        .body(Map.of("revision", revision, "phases", phases))
        .put(RELEASES + "/" + product + ":" + version + "/rollout")
        .then();
  }

  private ValidatableResponse post(String version, String action) {
    return Api.operator().post(RELEASES + "/" + product + ":" + version + action).then();
  }

  private ValidatableResponse check(String version) {
    return Api.anonymous()
        .queryParam("version", version)
        .queryParam("cohort", "c-1")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }

  private ValidatableResponse byHand(String version) {
    return Api.anonymous()
        .queryParam("version", version)
        .queryParam("manual", "true")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }
}
