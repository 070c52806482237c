package io.towncrier.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lists, revisions and ids are the same everywhere. */
@QuarkusTest
@Tag("zoneless")
class OneWayIT {
  private static final String RELEASES = "/v1/admin/releases";

  private final String product = "one-way-" + UUID.randomUUID();

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void everyListIsWalkedPageByPageInEitherOrder() {
    Api.Registered phone = Api.phone("gv");
    phone.as().body(Map.of("push", false)).put(phone.path("/notification-alerts"));
    phone.as().body(Map.of("push", true)).put(phone.path("/notification-alerts"));
    phone.as().body(Map.of("push", false)).put(phone.path("/notification-alerts"));
    for (String title : List.of("A", "B", "C")) {
      Api.announce(title, Map.of("languages", List.of("gv")));
    }
    drafts("1.0", "2.0", "3.0");
    walked(Api::operator, "/v1/admin/products", "id", "id");
    walked(Api::operator, RELEASES + "?product=" + product, "id", "id");
    walked(Api::operator, "/v1/admin/notices", "id", "createdAt");
    walked(Api::operator, "/v1/admin/audit", "number", "number");
    walked(phone::as, phone.path("/notices"), "id", "since");
    walked(phone::as, phone.path("/notification-alerts/history"), "revision", "revision");
  }

  @Test
  void aListIsRefusedWhatItDoesNotKnow() {
    for (String wrong : List.of("limit=0", "limit=501", "limit=x", "after=%20", "sort=name")) {
      for (String list : List.of("products", "releases", "notices", "audit", "dead-letters")) {
        Api.operator()
            .urlEncodingEnabled(false)
            .get("/v1/admin/" + list + "?" + wrong)
            .then()
            .statusCode(400)
            .body("errors.field", hasItem(wrong.substring(0, wrong.indexOf('='))));
      }
    }
  }

  @Test
  void aRevisionIsAnsweredAsETagAndTakenAsIfMatch() {
    drafts("1.0");
    String path = RELEASES + "/" + product + ":1.0";
    Map<String, Object> body = release("1.0");
    body.remove("product");
    assertThat(Api.operator().get(path).header("ETag")).isEqualTo("\"0\"");
    put(path, "\"0\"", body).then().statusCode(200).header("ETag", "\"1\"");
    put(path, "W/\"1\"", body).then().statusCode(200).header("ETag", "\"2\"");
    put(path, "\"1\"", body).then().statusCode(409).body("code", equalTo("stale-revision"));
    for (String wrong : List.of("*", "2", "\"1\", \"2\"", "\"two\"")) {
      put(path, wrong, body).then().statusCode(400).body("errors.field", hasItem("If-Match"));
    }
    body.put("revision", 1);
    put(path, "\"2\"", body).then().statusCode(400).body("errors.field", hasItem("revision"));
    Api.operator().delete(path).then().statusCode(400).body("errors.field", hasItem("If-Match"));
    Api.operator().delete(path + "?revision=2").then().statusCode(400);
    Api.operator().header("If-Match", "\"2\"").delete(path).then().statusCode(204);
  }

  @Test
  void devicesAndTheirAlertsHaveRevisionsAsEverythingHas() {
    Api.Registered phone = Api.phone("en");
    String alerts = phone.path("/notification-alerts");
    assertThat(phone.as().get(alerts).header("ETag")).startsWith("\"0-");
    phone
        .as()
        .header("If-Match", "\"0\"")
        .body(Map.of("push", false))
        .put(alerts)
        .then()
        .statusCode(200)
        .header("ETag", startsWith("\"1-"));
    phone
        .as()
        .header("If-Match", "\"0-0123abcd\"")
        .body(Map.of("push", true))
        .put(alerts)
        .then()
        .statusCode(409)
        .body("code", equalTo("stale-revision"), "current.revision", equalTo(1));
    String tag = phone.as().get(phone.path("")).header("ETag");
    phone
        .as()
        .header("If-Match", tag)
        .body(Map.of("country", "AT"))
        .patch(phone.path(""))
        .then()
        .statusCode(200)
        .body("country", equalTo("AT"));
    phone
        .as()
        .header("If-Match", tag)
        .body(Map.of("country", "CH"))
        .patch(phone.path(""))
        .then()
        .statusCode(409);
  }

  @Test
  void anIdWithAColonIsTakenEncodedOrNot() {
    drafts("1.0");
    for (String id : List.of(product + ":1.0", product + "%3A1.0", product + "%3a1.0")) {
      Api.operator()
          .urlEncodingEnabled(false)
          .get(RELEASES + "/" + id)
          .then()
          .statusCode(200)
          .body("id", equalTo(product + ":1.0"));
      Api.operator()
          .urlEncodingEnabled(false)
          .get(RELEASES + "?product=" + product + "&after=" + id)
          .then()
          .statusCode(200)
          .body("items", empty());
    }
  }

  @Test
  void aDraftNeedNotSayWhenItIsPublished() {
    drafts("1.0");
    String path = RELEASES + "/" + product + ":1.0";
    Api.operator().get(path).then().body("publishedAt", nullValue());
    Api.operator().get("/v1/admin/lint?draft=" + product + ":1.0").then().statusCode(200);
    Api.importSample();
    Response published = Api.operator().body("{\"revision\":0}").post(path + "/publish");
    published.then().statusCode(200);
    assertThat(published.<String>path("publishedAt")).startsWith("20");
    Api.anonymous()
        .queryParam("version", "0.9")
        .get("/v1/products/" + product + "/update")
        .then()
        .statusCode(200);
  }

  @Test
  void aTimeMayHaveAnyOffsetAndIsAnsweredInUtc() {
    Map<String, Object> notice =
        new HashMap<>(Api.announcement("T", Map.of("languages", List.of("gv"))));
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS);
    String local =
        DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(tomorrow.atOffset(ZoneOffset.ofHours(2)));
    notice.put("schedule", Map.of("at", local));
    Api.operator()
        .body(notice)
        .post("/v1/admin/notices")
        .then()
        .statusCode(201)
        .header("ETag", "\"0\"")
        .body("schedule.at", equalTo(tomorrow.toString()));
  }

  @Test
  void withoutUsersAnOperatorIsNone() {
    String device = Api.phone("en").path("/account");
    for (String path : List.of("notification-alerts", "notification-alerts/history", "devices")) {
      Api.operator().get("/v1/me/" + path).then().statusCode(403);
    }
    Api.operator().body("{}").put("/v1/me/notification-alerts").then().statusCode(403);
    Api.operator().delete("/v1/me/devices/none").then().statusCode(403);
    Api.operator().header("X-Device-Secret", "s").put(device).then().statusCode(403);
    Api.operator().header("X-Device-Secret", "s").delete(device).then().statusCode(403);
  }

  private static Response put(String path, String ifMatch, Map<String, ?> body) {
    return Api.operator().header("If-Match", ifMatch).body(body).put(path);
  }

  /** Three pages of one are one page of three, in either order. */
  private static void walked(
      Supplier<RequestSpecification> caller, String list, String id, String sort) {
    for (String order : List.of(sort, "-" + sort)) {
      Response three = page(caller, list, order, 3, null);
      List<Object> expected = three.path("items." + id);
      List<Object> found = new ArrayList<>();
      String next = null;
      for (int i = 0; i < 3; i++) {
        Response page = page(caller, list, order, 1, next);
        found.addAll(page.path("items." + id));
        next = page.path("next");
        String total = page.path("total");
        assertThat(total).isEqualTo(three.<String>path("total"));
        assertThat(Integer.parseInt(total)).isGreaterThanOrEqualTo(3);
      }
      assertThat(found).as(list + " " + order).isEqualTo(expected).hasSize(3);
      assertThat(next).isEqualTo(three.path("next"));
    }
    assertThat(page(caller, list, sort, 500, null).<List<?>>path("items." + id))
        .isNotEqualTo(page(caller, list, "-" + sort, 500, null).path("items." + id));
  }

  private static Response page(
      Supplier<RequestSpecification> caller, String list, String sort, int limit, String after) {
    RequestSpecification request = caller.get().queryParam("limit", limit).queryParam("sort", sort);
    if (after != null) {
      request.queryParam("after", after);
    }
    Response page = request.get(list);
    page.then().statusCode(200);
    return page;
  }

  private void drafts(String... versions) {
    Api.operator()
        .body(Map.of("id", product, "name", "One way", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    for (String version : versions) {
      Api.operator().body(release(version)).post(RELEASES).then().statusCode(201);
    }
  }

  private Map<String, Object> release(String version) {
    return new HashMap<>(
        Map.of(
            "product",
            product,
            "version",
            version,
            "severity",
            "recommended",
            "notes",
            Map.of("en", Map.of("title", "T", "body", "B"))));
  }
}
