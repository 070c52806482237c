package io.towncrier.ddi;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A product of a test's own, its releases, and routers of it that speak DDI. */
final class Fleet {
  static final String TENANT = "acme";

  final String product = "ddi-" + UUID.randomUUID();

  Fleet() {
    Api.operator()
        .body(Map.of("id", product, "name", "R1", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  static Map<String, Object> file(String name, String sha1) {
    return Map.of(
        "name",
        name,
        "url",
        "https://downloads.example.com/" + name,
        "size",
        2068,
        "sha256",
        "a".repeat(64),
        "sha1",
        sha1,
        "md5",
        "c".repeat(32));
  }

  /** A release with a file for each client. */
  void publish(String version) {
    publish(version, Map.of());
  }

  void publish(String version, Map<String, ?> more) {
    publish(
        version, List.of(file("fw.swu", "b".repeat(40)), file("fw.raucb", "d".repeat(40))), more);
  }

  void publish(String version, List<Map<String, Object>> files, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>();
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("publishedAt", "2026-01-01T00:00:00Z");
    release.put("notes", Map.of("en", Map.of("title", "New", "body", "All of it")));
    release.put("artifacts", files);
    release.putAll(more);
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
    Api.operator()
        .body("{\"revision\":0}")
        .post("/v1/admin/releases/" + product + ":" + version + "/publish")
        .then()
        .statusCode(200);
  }

  void withdraw(String version) {
    Api.operator()
        .body("{\"revision\":1}")
        .post("/v1/admin/releases/" + product + ":" + version + "/withdraw")
        .then()
        .statusCode(200);
  }

  /** One that was imported with a token of its own, and has said nothing yet. */
  Router router() {
    Router router = new Router("r-" + UUID.randomUUID(), "TargetToken " + token());
    imports(
            Map.of(
                "controllerId",
                router.controllerId(),
                "token",
                router.authorization().substring("TargetToken ".length())))
        .then()
        .statusCode(200);
    return router;
  }

  /** One that runs a version, and is not asked any more. */
  Router running(String version) {
    Router router = router();
    router.says(Map.of("version", version)).then().statusCode(200);
    return router;
  }

  @SafeVarargs
  final Response imports(Map<String, ?>... devices) {
    return Api.operator()
        .body(Map.of("product", product, "devices", List.of(devices)))
        .post("/v1/admin/devices/import");
  }

  static String token() {
    return UUID.randomUUID().toString();
  }

  /** A client, by its controllerId and the header Authorization. */
  record Router(String controllerId, String authorization) {
    String path(String below) {
      return "/" + TENANT + "/controller/v1/" + controllerId + below;
    }

    RequestSpecification as() {
      return as("libcurl-agent/1.0");
    }

    RequestSpecification as(String userAgent) {
      // Paths are sent as they stand.
      return given()
          .urlEncodingEnabled(false)
          .contentType(ContentType.JSON)
          .header("Authorization", authorization)
          .header("User-Agent", userAgent);
    }

    Response poll() {
      return as().get(path(""));
    }

    Response says(Map<String, String> data) {
      return as().body(Map.of("mode", "merge", "data", data)).put(path("/configData"));
    }

    /** The number of the action that it is to do; fails when there is none. */
    String action() {
      String link = poll().then().statusCode(200).extract().path("_links.deploymentBase.href");
      return link.replaceFirst(".*/deploymentBase/(\\d+)\\?c=\\d+", "$1");
    }

    Response feedback(String action, String execution, String finished, String... details) {
      return tells("/deploymentBase/" + action, execution, finished, details);
    }

    Response cancelled(String action, String execution, String finished) {
      return tells("/cancelAction/" + action, execution, finished);
    }

    private Response tells(String what, String execution, String finished, String... details) {
      return as().body(
              Map.of(
                  "id",
                  "1",
                  "status",
                  Map.of(
                      "execution",
                      execution,
                      "result",
                      Map.of("finished", finished),
                      "details",
                      new ArrayList<>(List.of(details)))))
          .post(path(what + "/feedback"));
    }
  }
}
