package io.towncrier.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A release from its draft to its end, as an operator and a client see it. */
@QuarkusTest
class ReleaseLifeIT extends WithAProduct {
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

  @Test
  void whatIsPausedBeforeItIsOutComesOutWhenItIsResumed() {
    String soon = Instant.now().plus(Duration.ofSeconds(1)).toString();
    out("2.0", Map.of("publishedAt", soon));
    post("2.0", "/rollout/pause").statusCode(200);
    Await.patiently("its moment has passed", () -> isPast(soon));

    check("1.0").body("decision", equalTo("up-to-date"));
    post("2.0", "/rollout/resume").statusCode(200);
    Await.patiently("it is out", () -> check("1.0").extract().path("decision").equals("offer"));
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
}
