package io.towncrier.releases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What is kept of products and releases: lists, exports, and who changed what. */
@QuarkusTest
class ReleaseRecordsIT extends WithAProduct {
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
}
