package io.towncrier.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the server looks at before an act is done. */
@QuarkusTest
class GuardsIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  private static final String IMPORTS_THAT_WAIT =
      """
      SELECT count(*) FROM pg_stat_activity
      WHERE wait_event_type = 'Lock' AND query LIKE '%FROM catalogue_revision FOR UPDATE%'
      """;

  private final String product = "app-" + UUID.randomUUID();
  private final String release = "/v1/admin/releases/" + product + ":2.0";

  @BeforeEach
  void twentyDevices() {
    Api.operator()
        .body(Map.of("id", product, "name", "A", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    devices(20);
  }

  @Test
  void anImportIsPreviewedWithoutAChangeAndHeldToWhatWasShown() {
    Map<String, Object> document =
        Map.of(
            "releases",
            List.of(
                Map.of(
                    "products", List.of(product),
                    "version", "2.0",
                    "severity", "recommended",
                    "publishedAt", "2026-01-01T00:00:00Z",
                    "notes", Map.of("en", Map.of("title", "New", "body", "All of it")))));
    String snapshot = importing("/preview", Map.of()).extract().path("snapshot");
    importing("/preview", document)
        .body("snapshot", equalTo(snapshot))
        .statusCode(200)
        .body("releases.created", equalTo(1), "releases.changed", equalTo(0))
        .body("products.created", equalTo(0), "reach.atMost", equalTo(20))
        .body("reach.asOf", notNullValue())
        .body("changes.release", contains(product + ":2.0"))
        .body("changes[0].created", equalTo(true), "changes[0].atMost", equalTo(20));
    Api.operator().get(release).then().statusCode(404);
    importing("/preview", document).body("snapshot", equalTo(snapshot));
    devices(2);

    importing("?expectedAtMost=20", document)
        .statusCode(409)
        .body("code", equalTo("reach-has-grown"), "current.atMost", equalTo(22));
    Api.operator().get(release).then().statusCode(404);
    for (String none : List.of("-1", "", "many")) {
      importing("?expectedAtMost=" + none, document)
          .statusCode(400)
          .body("errors.field", contains("expectedAtMost"));
    }
    importing("?expectedAtMost=21", document).statusCode(200).body("releases.created", equalTo(1));
    // What stands there already reaches nobody anew.
    importing("/preview", document)
        .statusCode(200)
        .body("releases.created", equalTo(0), "reach.atMost", equalTo(0), "changes", empty());
    importing(
            "/preview",
            Map.of(
                "products",
                List.of(
                    Map.of(
                        "id",
                        product,
                        "name",
                        "A",
                        "kind",
                        "app",
                        "defaultLanguage",
                        "en",
                        "securityOnly",
                        true))))
        .body("products.changed", equalTo(1), "reach.atMost", equalTo(22));
    importing("/preview", Map.of("releases", List.of(Map.of("products", List.of("none")))))
        .statusCode(400)
        .body("errors.field", hasItem("releases[0].version"));
  }

  /** Who was quicker has changed what the document finds: it is compared with that. */
  @Test
  void anImportIsHeldToTheCatalogueThatItIsWrittenTo() throws Exception {
    Map<String, Object> document =
        Map.of(
            "products",
            List.of(Map.of("id", product, "name", "A", "kind", "app", "defaultLanguage", "en")));
    importing("/preview", document).body("reach.atMost", equalTo(0));
    CompletableFuture<ValidatableResponse> sent;
    try (Connection quicker = Sql.connect()) {
      quicker.setAutoCommit(false);
      quicker.createStatement().execute("SELECT id FROM catalogue_revision FOR UPDATE");
      sent = CompletableFuture.supplyAsync(() -> importing("?expectedAtMost=0", document));
      Await.until("the import waits", SOON, () -> !Sql.text(IMPORTS_THAT_WAIT).equals("0"));
      try (PreparedStatement change =
          quicker.prepareStatement("UPDATE product SET security_only = true WHERE id = ?")) {
        change.setString(1, product);
        change.executeUpdate();
      }
      quicker.commit();
    }
    sent.join().statusCode(409).body("code", equalTo("reach-has-grown"));
  }

  private static ValidatableResponse importing(String more, Map<String, ?> document) {
    return Api.operator().body(document).post("/v1/admin/catalogue" + more).then();
  }

  @Test
  void aReleaseThatReachesMoreThanWasShownStaysWhereItIs() {
    draft(UUID.randomUUID().toString(), "2.0").then().statusCode(201);
    Api.operator()
        .get(release + "/reach")
        .then()
        .statusCode(200)
        .body("devices", equalTo(20), "atMost", equalTo(20), "percentage", equalTo(100f));
    devices(2);

    post("/publish", Map.of("revision", 0, "expectedAtMost", 20))
        .statusCode(409)
        .body("code", equalTo("reach-has-grown"))
        .body("current.atMost", equalTo(22), "current.asOf", notNullValue());
    Api.operator().get(release).then().body("state", equalTo("draft"), "revision", equalTo(0));
    post("/publish", Map.of("revision", 0, "expectedAtMost", 21)).statusCode(200);

    Api.operator()
        .body(
            Map.of(
                "revision", 1, "phases", List.of(Map.of("percentage", 100)), "expectedAtMost", 20))
        .put(release + "/rollout")
        .then()
        .statusCode(409)
        .body("code", equalTo("reach-has-grown"));
    post("/rollout/halt", Map.of()).statusCode(200);
    post("/rollout/resume", Map.of("expectedAtMost", 19))
        .statusCode(409)
        .body("current.atMost", equalTo(22));
    Api.operator().get(release).then().body("rollout.state", equalTo("halted"));
    post("/rollout/resume", Map.of("expectedAtMost", 22)).statusCode(200);
    post("/rollout/resume", Map.of("expectedAtMost", -1))
        .statusCode(400)
        .body("errors.field", contains("expectedAtMost"));
  }

  @Test
  void aNoticeWhoseAudienceHasGrownIsNotStarted() {
    String notice = Api.draft(Api.operator(), "T", Map.of("products", List.of(product)));
    devices(2);
    String path = "/v1/admin/notices/" + notice;
    Api.operator()
        .body(Map.of("expectedAtMost", 20))
        .post(path + "/start")
        .then()
        .statusCode(409)
        .body("code", equalTo("reach-has-grown"), "current.atMost", equalTo(22));
    Api.operator().get(path).then().body("state", equalTo("draft"));
    assertThat(Sql.text("SELECT count(*) FROM delivery WHERE notice_id = ?", notice))
        .isEqualTo("0");
    Api.operator().body(Map.of("expectedAtMost", 22)).post(path + "/start").then().statusCode(200);
    Api.operator()
        .body(Map.of("reason", "Wrong words"))
        .post(path + "/cancel")
        .then()
        .statusCode(200);
    audited(notice, "notice.cancelled", "Wrong words");
  }

  @Test
  void whatCannotBeTakenBackIsNotedWithItsReason() {
    draft(UUID.randomUUID().toString(), "2.0");
    post("/publish", Map.of("revision", 0)).statusCode(200);
    post("/withdraw", Map.of("reason", "\u202e"))
        .statusCode(400)
        .body("errors.field", contains("reason"));
    post("/withdraw", Map.of("reason", "It bricks")).statusCode(200);
    audited(product + ":2.0", "release.withdrawn", "It bricks");
  }

  @Test
  void theSameKeyMakesOneDraftHoweverOftenItIsSent() {
    String key = UUID.randomUUID().toString();
    List<CompletableFuture<Response>> sent = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      sent.add(CompletableFuture.supplyAsync(() -> draft(key, "2.0")));
    }
    String first = sent.get(0).join().asString();
    for (CompletableFuture<Response> one : sent) {
      assertThat(one.join().statusCode()).isEqualTo(201);
      assertThat(one.join().asString()).isEqualTo(first);
    }
    draft(key, "3.0").then().statusCode(422).body("code", equalTo("key-used-otherwise"));
    draft("short", "3.0").then().statusCode(400).body("errors.field", contains("Idempotency-Key"));
    draft(UUID.randomUUID().toString(), "2.0").then().statusCode(409);

    String other = UUID.randomUUID().toString();
    String notice = notice(other, "T").then().statusCode(201).extract().path("id");
    notice(other, "T").then().statusCode(201).body("id", equalTo(notice));
    notice(other, "Another").then().statusCode(422);
    // A key that is past its time is a new one.
    Sql.run("UPDATE repeated_request SET at = at - interval '25 hours' WHERE key = ?", other);
    notice(other, "Another").then().statusCode(201);
  }

  @Test
  void whatIsRefusedIsNotKept() {
    String key = UUID.randomUUID().toString();
    Map<String, ?> nobody = Map.of("products", List.of("none-" + product));
    Api.operator()
        .header("Idempotency-Key", key)
        .body(Api.announcement("T", nobody))
        .post("/v1/admin/notices")
        .then()
        .statusCode(400);
    notice(key, "T").then().statusCode(201);
  }

  private Response notice(String key, String title) {
    return Api.operator()
        .header("Idempotency-Key", key)
        .body(Api.announcement(title, Map.of("products", List.of(product))))
        .post("/v1/admin/notices");
  }

  private Response draft(String key, String version) {
    return Api.operator()
        .header("Idempotency-Key", key)
        .body(
            Map.of(
                "product",
                product,
                "version",
                version,
                "severity",
                "recommended",
                "publishedAt",
                "2026-01-01T00:00:00Z",
                "notes",
                Map.of("en", Map.of("title", "New", "body", "B"))))
        .post("/v1/admin/releases");
  }

  private void devices(int count) {
    for (int i = 0; i < count; i++) {
      Api.register(Map.of("product", product, "version", "1.0"));
    }
  }

  private ValidatableResponse post(String below, Map<String, ?> body) {
    return Api.operator().body(body).post(release + below).then();
  }

  private static void audited(String subject, String action, String detail) {
    Api.operator()
        .get("/v1/admin/audit?subject=" + subject)
        .then()
        .body("items.findAll { it.action == '%s' }.detail".formatted(action), hasItem(detail));
  }
}
