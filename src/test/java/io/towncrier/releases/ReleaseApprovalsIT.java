package io.towncrier.releases;

import static org.hamcrest.Matchers.contains;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** With approvals on, whoever wrote a release does not let it out. */
@QuarkusTest
@TestProfile(WithApprovals.class)
class ReleaseApprovalsIT {
  private static final String RELEASES = "/v1/admin/releases";

  private final String product = "approved-" + UUID.randomUUID();

  @BeforeEach
  void aProduct() {
    as("olga")
        .body(Map.of("id", product, "name", "X", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  @Test
  void whoeverWroteTheDraftLastDoesNotPublishIt() {
    Map<String, Object> draft = new HashMap<>(release());
    draft.put("product", product);
    as("olga").body(draft).post(RELEASES).then().statusCode(201);
    publish("olga", 0, 409);

    draft.put("revision", 0);
    draft.put("severity", "critical");
    as("otto").body(draft).put(RELEASES + "/" + product + ":2.0").then().statusCode(200);

    publish("otto", 1, 409);
    publish("olga", 1, 200);
  }

  @Test
  void anImportBringsDraftsAlone() {
    Map<String, Object> entry = new HashMap<>(release());
    entry.put("products", List.of(product));
    Map<String, Object> document = Map.of("releases", List.of(entry));
    as("olga")
        .body(document)
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(400)
        .body("errors.field", contains("releases[0].state"));

    entry.put("state", "draft");
    as("olga").body(document).post("/v1/admin/catalogue").then().statusCode(200);
    as("olga").body(document).post("/v1/admin/catalogue").then().statusCode(200);
    publish("olga", 0, 409);
    publish("otto", 0, 200);
  }

  private void publish(String operator, int revision, int status) {
    as(operator)
        .body(Map.of("revision", revision))
        .post(RELEASES + "/" + product + ":2.0/publish")
        .then()
        .statusCode(status);
  }

  private static RequestSpecification as(String operator) {
    return Api.as(Tokens.operator(operator));
  }

  private static Map<String, Object> release() {
    return Map.of(
        "version",
        "2.0",
        "severity",
        "recommended",
        "publishedAt",
        "2026-01-01T00:00:00Z",
        "notes",
        Map.of("en", Map.of("title", "T", "body", "B")),
        "artifacts",
        List.of(
            Map.of(
                "name",
                "a.bin",
                "url",
                "https://downloads.example.com/a.bin",
                "size",
                1,
                "sha256",
                "0".repeat(64))));
  }
}
