package io.towncrier.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Lists of what people look for, and the status of the service. */
@QuarkusTest
class SummariesIT {
  private final String product = "app-" + UUID.randomUUID();

  @BeforeEach
  void aProductOfItsOwn() {
    Api.operator()
        .body(
            Map.of(
                "id",
                product,
                "name",
                "Näme of " + product,
                "kind",
                "app",
                "defaultLanguage",
                "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  @Test
  void releasesAreFoundAndSortedAndSayHowFarTheyAre() {
    release("1.0", "2026-01-03T00:00:00Z", "Old", Map.of());
    release(
        "2.0",
        "2026-01-02T00:00:00Z",
        "Würzig",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 25, "soak", "P999D"), Map.of("percentage", 100)))));
    publish("1.0");
    publish("2.0");
    release("3.0", "2026-01-01T00:00:00Z", "Next", Map.of());
    for (String version : List.of("1.0", "1.0", "1.0", "2.0")) {
      Api.register(Map.of("product", product, "version", version));
    }

    releases("").body("items.version", contains("1.0", "2.0", "3.0"), "total", equalTo("3"));
    releases("&sort=publishedAt").body("items.version", contains("3.0", "1.0", "2.0"));
    String next = releases("&sort=-publishedAt&limit=2").extract().path("next");
    releases("&sort=-publishedAt&limit=2&after=" + next).body("items.version", contains("3.0"));
    releases("&q=WüRZ").body("items.version", contains("2.0"));
    releases("&state=draft").body("items.version", contains("3.0"));
    releases("&severity=security").body("items", empty());
    releases("&q=2.0")
        .body("items[0].rollout.percentage", equalTo(25f), "items[0].rollout.phase", equalTo(1))
        .body("items[0].rollout.nextPhaseAt", notNullValue())
        .body("items[0].installed", equalTo(1), "items[0].installedPercentage", equalTo(25f))
        .body("items[0]", not(hasKey("notes")));
    releases("&state=draft").body("items[0].rollout", nullValue());
    Api.operator()
        .get("/v1/admin/release-summaries?sort=size&severity=big")
        .then()
        .statusCode(400)
        .body("errors.field", contains("severity", "sort"));
  }

  @Test
  void noticesAreFoundByWhatTheySayAndAreAbout() {
    Api.Registered phone = Api.register(Map.of("product", product, "version", "1.0"));
    Map<String, ?> audience = Map.of("products", List.of(product));
    String draft = draft("Grüße an " + product, audience);
    String other = draft("Other", Map.of("devices", List.of(phone.id())));
    notices("product=" + product).body("items.id", contains(draft), "total", equalTo("1"));
    notices("q=GR%C3%BC%C3%9FE%20AN%20" + product)
        .body("items.id", contains(draft))
        .body("items[0].title", equalTo("Grüße an " + product))
        .body("items[0].products", contains(product))
        .body("items[0]", not(hasKey("texts")))
        .body("byState", equalTo(Map.of("draft", 1)));
    notices("q=" + draft + "&kind=security-incident").body("items", empty());
    notices("q=" + draft + "&to=2020-01-01T00:00:00Z").body("items", empty());
    notices("q=" + draft + "&state=running")
        .body("items", empty(), "byState", equalTo(Map.of("draft", 1)));

    Api.operator().post("/v1/admin/notices/" + other + "/start").then().statusCode(200);
    notices("q=" + other + "&from=2020-01-01T00:00:00Z")
        .body("items[0].deliveries.planned", equalTo(1), "items[0].startedAt", notNullValue());
  }

  @Test
  void aLookAtTheSameIsA304UntilSomethingOfItIsAnother() {
    String path = "/v1/admin/notice-summaries?q=" + product;
    String tag = Api.operator().get(path).then().statusCode(200).extract().header("ETag");
    Api.operator().header("If-None-Match", tag).get(path).then().statusCode(304);
    Api.register(Map.of("product", product, "version", "1.0"));
    String notice = draft(product, Map.of("products", List.of(product)));
    Api.operator().header("If-None-Match", tag).get(path).then().statusCode(200);

    String one = "/v1/admin/notices/" + notice;
    String seen = Api.operator().get(one).then().statusCode(200).extract().header("ETag");
    Api.operator().header("If-None-Match", seen).get(one).then().statusCode(304);
    // Such a tag names the revision that was read.
    Api.operator().header("If-Match", seen).delete(one).then().statusCode(204);
  }

  @Test
  void theStatusHasWhatIsInForceAndNoSecret() {
    String all =
        Api.operator()
            .get("/v1/admin/status")
            .then()
            .statusCode(200)
            .body("flavour", equalTo("server"), "zoneData", notNullValue())
            .body("outbox.waiting", notNullValue(), "pushes.provider", notNullValue())
            .body("checks.name", org.hamcrest.Matchers.hasItem("catalogue snapshot"))
            .body("migration", notNullValue())
            .body("settings.'towncrier.operator-token'", equalTo("(set)"))
            .extract()
            .asString();
    assertThat(all).doesNotContain(TestPostgres.OPERATOR_TOKEN);
  }

  private void release(String version, String at, String title, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(more);
    body.put("product", product);
    body.put("version", version);
    body.put("severity", "recommended");
    body.put("publishedAt", at);
    body.put("notes", Map.of("en", Map.of("title", title, "body", "B")));
    Api.operator().body(body).post("/v1/admin/releases").then().statusCode(201);
  }

  private void publish(String version) {
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + product + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  private static String draft(String title, Map<String, ?> audience) {
    return Api.draft(Api.operator(), title, audience);
  }

  private ValidatableResponse releases(String query) {
    return Api.operator()
        .urlEncodingEnabled(true)
        .get("/v1/admin/release-summaries?product=" + product + query)
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse notices(String query) {
    return Api.operator()
        .urlEncodingEnabled(false)
        .get("/v1/admin/notice-summaries?" + query)
        .then()
        .statusCode(200);
  }
}
