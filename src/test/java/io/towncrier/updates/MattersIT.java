package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.testing.Api;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a client is asked to say, over HTTP and through a publication (docs/adr/0038). */
@QuarkusTest
class MattersIT {
  private static final String CHECK = "/v1/products/matters-r1/update";
  private static final String EVERYTHING =
      "&country=DE&timezone=Europe/Berlin&language=de&channel=stable&cohort=c-7&hardware=B1"
          + "&counter=3";

  @Test
  void aPublicationThatMakesAFactMatterAsksForItOnce() {
    String soon =
        Instant.now().plus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString();
    publish();
    Response nothing = get("version=1.0");
    nothing.then().body("decision", equalTo("up-to-date")).body("matters", equalTo(List.of()));
    nothing.then().body("askAgainWith", nullValue()).body("nextCheckSpreadSeconds", equalTo(2_160));
    assertThat(get("version=1.0" + EVERYTHING).asString()).isEqualTo(nothing.asString());
    assertThat(get("version=1.0" + EVERYTHING).header("ETag")).isEqualTo(nothing.header("ETag"));

    publish(release("1.1", ",\"countries\":{\"allow\":[\"DE\"]}" + phases(soon)));

    Response first = get("version=1.0");
    first
        .then()
        .body("matters", equalTo(List.of("country", "cohort", "manual")))
        .body("askAgainWith", equalTo(List.of("country", "cohort")))
        .body("mattersUntil", equalTo(soon))
        .body("rollouts[0].salt", equalTo("matters-r1/1.1"))
        .body("rollouts[0].share", equalTo(5_000));
    assertThat(first.header("ETag")).isNotEqualTo(nothing.header("ETag"));
    String id = first.path("rollouts[0].id");
    for (String cohort : List.of("c-1", "c-2", "c-3", "c-4", "c-5", "c-6", "c-7")) {
      boolean inside = Bucket.of("matters-r1/1.1", cohort) < 5_000;
      String claim = "&rollouts=" + id + (inside ? "-in" : "-out");
      Response claimed = get("version=1.0&country=DE" + claim);
      claimed
          .then()
          .body("askAgainWith", nullValue())
          .body("decision", equalTo(inside ? "offer" : "held-back"));
      assertThat(claimed.asString())
          .as("as who sends everything, with cohort " + cohort)
          .isEqualTo(
              get("version=1.0" + EVERYTHING.replace("cohort=c-7", "cohort=" + cohort)).asString());
    }
    // What was said of another share is no answer to this one.
    get("version=1.0&country=DE&rollouts=00000000-in")
        .then()
        .body("decision", equalTo("held-back"))
        .body("askAgainWith", equalTo(List.of("cohort")));
  }

  @Test
  void bothFormsAndThePostSayTheSame() {
    publish(release("1.1", ",\"countries\":{\"allow\":[\"DE\"]}" + phases("2099-01-01T00:00:00Z")));
    Response json = get("version=1.0");
    Response plain = Api.anonymous().get(CHECK + ".txt?version=1.0");

    assertThat(plain.asString().lines())
        .contains(
            "nextCheckSpreadSeconds=" + json.path("nextCheckSpreadSeconds"),
            "matters=country,cohort,manual",
            "rollouts=1",
            "rollout.1.id=" + json.path("rollouts[0].id"),
            "rollout.1.salt=matters-r1/1.1",
            "rollout.1.share=5000",
            "askAgainWith=country,cohort");
    Api.anonymous()
        .body(Map.of("version", "1.0"))
        .post(CHECK)
        .then()
        .body(equalTo(json.asString()));
    Api.anonymous()
        .body(
            Map.of(
                "version", "1.0", "country", "DE", "rollouts", json.path("rollouts[0].id") + "-in"))
        .post(CHECK)
        .then()
        .body("decision", equalTo("offer"));
  }

  @Test
  void aReleaseThatIsNotOutShowsInNothingThatIsAsked() {
    String later =
        Instant.now().plus(30, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString();
    // A product of its own: what is out cannot be announced for later.
    imported(
        catalogue(
                release("1.1", ",\"countries\":{\"allow\":[\"DE\"]}")
                    .replace("2026-01-01T00:00:00Z", later))
            .replace("matters-r1", "matters-r2"));

    Api.anonymous()
        .get(CHECK.replace("matters-r1", "matters-r2") + "?version=1.0")
        .then()
        .statusCode(200)
        .body("matters", equalTo(List.of()))
        .body("mattersUntil", nullValue())
        .body("askAgainWith", nullValue());
  }

  @Test
  void aRegisteredDeviceIsAskedForNothing() {
    publish(release("1.1", ",\"countries\":{\"allow\":[\"DE\"]}" + phases("2099-01-01T00:00:00Z")));
    Response made =
        Api.anonymous()
            .body(
                Map.of(
                    "kind", "router", "product", "matters-r1", "version", "1.0", "country", "DE"))
            .post("/v1/devices");
    Api.Registered router = new Api.Registered(made.path("deviceId"), made.path("secret"));
    router
        .as()
        .body("{\"timezone\":\"nowhere\"}")
        .post(router.path("/check"))
        .then()
        .statusCode(200)
        .body("decision", equalTo("held-back"))
        .body("matters", nullValue())
        .body("mattersUntil", nullValue())
        .body("rollouts", nullValue())
        .body("askAgainWith", nullValue())
        .body("ignored", equalTo(List.of("timezone")))
        .body("nextCheckSpreadSeconds", equalTo(2_160));
  }

  private static Response get(String query) {
    Response answer = Api.anonymous().get(CHECK + "?" + query);
    answer.then().statusCode(200);
    return answer;
  }

  private static void publish(String... releases) {
    imported(catalogue(releases));
  }

  private static void imported(String catalogue) {
    Api.operator().body(catalogue).post("/v1/admin/catalogue").then().statusCode(200);
  }

  private static String catalogue(String... releases) {
    return """
    {"products":[{"id":"matters-r1","name":"R","kind":"firmware","defaultLanguage":"en"}],
     "releases":[%s%s]}
    """
        .formatted(
            release("1.0", ""), releases.length == 0 ? "" : "," + String.join(",", releases));
  }

  private static String release(String version, String more) {
    return """
    {"products":["matters-r1"],"version":"%s","severity":"recommended",
     "publishedAt":"2026-01-01T00:00:00Z","notes":{"en":{"title":"T","body":"B"}}%s}
    """
        .formatted(version, more);
  }

  private static String phases(String end) {
    return ",\"rollout\":{\"phases\":[{\"percentage\":50},{\"percentage\":100,\"start\":\"%s\"}]}"
        .formatted(end);
  }
}
