package io.towncrier.releases;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.notices.rollout.AnnounceRollouts;
import io.towncrier.testing.Api;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithApprovals;
import jakarta.inject.Inject;
import java.time.Duration;
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

  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject AnnounceRollouts announce;

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

  @Test
  void whoWroteItDoesNotLetItFurtherEither() {
    Map<String, Object> draft = new HashMap<>(release());
    draft.put("product", product);
    as("olga").body(draft).post(RELEASES).then().statusCode(201);
    // The phases of a draft are written at it.
    phases("otto", 0, 50).then().statusCode(200);
    publish("olga", 1, 409);
    publish("otto", 1, 409);
    publish("oda", 1, 200);

    phases("olga", 2, 60).then().statusCode(409).body("code", equalTo("approval-needed"));
    phases("otto", 2, 60).then().statusCode(409);
    phases("oda", 2, 60).then().statusCode(200).body("releasedBy", equalTo("oda"));
    // A stop needs nobody else, and going on does.
    steer("olga", "halt").then().statusCode(200);
    steer("olga", "resume").then().statusCode(409);
    steer("osk", "resume").then().statusCode(200).body("releasedBy", equalTo("osk"));
    steer("otto", "withdraw").then().statusCode(200);
    publish("otto", 6, 409);
    publish("oda", 6, 200);

    as("oda")
        .get("/v1/admin/audit?subject=" + product + ":2.0")
        .then()
        .body("items[0].actor", equalTo("oda"))
        .body("items[0].action", equalTo("release.published"))
        .body("items[0].detail", equalTo("written by olga, otto"));
  }

  @Test
  void whoLetsItOutApprovesItsNotices() {
    Api.register(Map.of("kind", "router", "product", product, "version", "1.0"));
    announce.run(() -> true).await().atMost(SOON);
    Map<String, Object> draft = new HashMap<>(release());
    draft.put("product", product);
    as("olga").body(draft).post(RELEASES).then().statusCode(201);
    as("otto")
        .body(Map.of("revision", 0))
        .post(RELEASES + "/" + product + ":2.0/publish")
        .then()
        .statusCode(200)
        .body("wouldTell.atMost", equalTo(1))
        .body("wouldTell.asOf", notNullValue());

    announce.run(() -> true).await().atMost(SOON);
    as("olga")
        .get("/v1/admin/notices")
        .then()
        .body(
            "items.find { it.audience.products == ['" + product + "'] }.approvedBy",
            equalTo("otto"))
        .body(
            "items.find { it.audience.products == ['" + product + "'] }.author", equalTo("system"));
  }

  private Response phases(String operator, int revision, int percentage) {
    return as(operator)
        .body(Map.of("revision", revision, "phases", List.of(Map.of("percentage", percentage))))
        .put(RELEASES + "/" + product + ":2.0/rollout");
  }

  private Response steer(String operator, String what) {
    String path = what.equals("withdraw") ? "/withdraw" : "/rollout/" + what;
    return as(operator).post(RELEASES + "/" + product + ":2.0" + path);
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
