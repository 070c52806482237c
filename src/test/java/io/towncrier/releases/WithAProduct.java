package io.towncrier.releases;

import static org.hamcrest.Matchers.equalTo;

import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;

/** A product of its own for each test, and what an operator and a client do with its releases. */
abstract class WithAProduct {
  static final String RELEASES = "/v1/admin/releases";
  static final String PRODUCTS = "/v1/admin/products";

  String product;

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

  Map<String, Object> product() {
    return Map.of("id", product, "name", "Router", "kind", "firmware", "defaultLanguage", "en");
  }

  Map<String, Object> release(String version, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>();
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("publishedAt", "2026-01-01T00:00:00Z");
    release.put("notes", Map.of("en", text()));
    release.putAll(more);
    return release;
  }

  static Map<String, String> text() {
    return Map.of("title", "New", "body", "All of it");
  }

  void draft(String version, Map<String, ?> more) {
    Api.operator().body(release(version, more)).post(RELEASES).then().statusCode(201);
  }

  void out(String version, Map<String, ?> more) {
    draft(version, more);
    publish(version, 0).statusCode(200);
  }

  ValidatableResponse publish(String version, int revision) {
    return Api.operator()
        .body(Map.of("revision", revision))
        .post(RELEASES + "/" + product + ":" + version + "/publish")
        .then();
  }

  ValidatableResponse edit(String version, int revision, Map<String, ?> more) {
    Map<String, Object> body = new HashMap<>(release(version, more));
    body.put("revision", revision);
    return Api.operator().body(body).put(RELEASES + "/" + product + ":" + version).then();
  }

  ValidatableResponse phases(String version, int revision, List<?> phases) {
    return Api.operator()
        .body(Map.of("revision", revision, "phases", phases))
        .put(RELEASES + "/" + product + ":" + version + "/rollout")
        .then();
  }

  ValidatableResponse post(String version, String action) {
    return Api.operator().post(RELEASES + "/" + product + ":" + version + action).then();
  }

  ValidatableResponse check(String version) {
    return Api.anonymous()
        .queryParam("version", version)
        .queryParam("cohort", "c-1")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }

  ValidatableResponse byHand(String version) {
    return Api.anonymous()
        .queryParam("version", version)
        .queryParam("manual", "true")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }

  static ValidatableResponse importing(Map<String, Object> document) {
    return Api.operator().body(document).post("/v1/admin/catalogue").then();
  }
}
