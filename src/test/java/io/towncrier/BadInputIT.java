package io.towncrier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlainHttp;
import io.towncrier.testing.RawHttp;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What clients must not send, and what they are told then. */
@QuarkusTest
@Tag("zoneless")
class BadInputIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final String CHECK = "/v1/products/towncrier_ax3000/update";

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void onlyAVersionIsNeededAndItMustBeReadable() {
    problem(Api.anonymous().queryParam("country", "XX").get(CHECK), 400, "invalid-request")
        .then()
        .body("errors.field", equalTo(List.of("version")));
    for (String version : List.of("1\u202E2", "1".repeat(65), "1\n2")) {
      problem(Api.anonymous().queryParam("version", version).get(CHECK), 400, "invalid-request")
          .then()
          .body("errors.field", equalTo(List.of("version")));
    }
  }

  @Test
  void anUnknownProductIs404() {
    problem(
            Api.anonymous().queryParam("version", "1").get("/v1/products/nothing/update"),
            404,
            "unknown-product")
        .then()
        .body("errors.field", hasItem("product"));
    problem(
        Api.anonymous().body(registration("product", "nothing")).post("/v1/devices"),
        404,
        "unknown-product");
  }

  @Test
  void aLargeBodyIs413AndAnImportMayBeLarger() {
    String large = "{\"version\":\"1\",\"pad\":\"" + "x".repeat(70_000) + "\"}";
    problem(Api.anonymous().body(large).post(CHECK), 413, "body-too-large");
    problem(
        Api.anonymous().body("{\"version\":\"" + "x".repeat(70_000) + "\"}").post(CHECK),
        413,
        "body-too-large");
    problem(
        Api.anonymous().body("{\"version\":\"1\"}" + " ".repeat(70_000)).post(CHECK),
        413,
        "body-too-large");
    Api.operator()
        .body("{\"products\":[],\"releases\":[]}" + " ".repeat(200_000))
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void malformedJsonIs400WithItsPlace() {
    problem(Api.anonymous().body("{\"version\":").post(CHECK), 400, "malformed-json")
        .then()
        .body("detail", containsString("Line 1"));
    problem(Api.anonymous().body("").post(CHECK), 400, "invalid-request");
    problem(Api.anonymous().body("null").post(CHECK), 400, "invalid-request");
    problem(Api.anonymous().body("{\"version\":{}}").post(CHECK), 400, "invalid-request")
        .then()
        .body("errors.field", hasItem("version"));
    problem(
        Api.operator().body("{\"products\":[],\"products\":[]}").post("/v1/admin/catalogue"),
        400,
        "malformed-json");
  }

  @Test
  void aWrongSecretIsAnsweredAlikeWhetherOrNotTheDeviceExists() {
    Api.Registered phone = Api.phone("en");
    Response wrong = Api.as("sec_wrong").get(phone.path(""));
    Response absent = Api.as("sec_wrong").get("/v1/devices/dev_00000000000000000000000000");
    Response absurd = Api.as("sec_wrong").get("/v1/devices/x%01y");
    Response nobody = Api.anonymous().get(phone.path(""));
    problem(wrong, 401, "unauthenticated");
    for (Response other : List.of(absent, absurd, nobody)) {
      assertThat(other.statusCode()).isEqualTo(401);
      assertThat(other.asByteArray()).isEqualTo(wrong.asByteArray());
      assertThat(other.header("WWW-Authenticate")).isEqualTo(wrong.header("WWW-Authenticate"));
    }
    Api.Registered other = Api.phone("en");
    problem(Api.as(other.secret()).get(phone.path("")), 401, "unauthenticated");
  }

  @Test
  void whatIsNotThereOrNotAllowedIsAProblemToo() {
    problem(Api.anonymous().get("/v1/nothing"), 404, "not-found");
    problem(Api.anonymous().get("/nothing"), 404, "not-found");
    problem(Api.anonymous().delete(CHECK), 405, "method-not-allowed");
    problem(given().contentType("text/plain").body("x").post(CHECK), 415, "unsupported-media-type");
    problem(Api.anonymous().post("/v1/admin/notices/x/start"), 401, "unauthenticated");
    problem(Api.as("op_wrong").post("/v1/admin/notices/x/start"), 401, "unauthenticated");
    problem(Api.operator().get("/v1/me/notification-alerts"), 403, "forbidden");
    problem(Api.operator().get("/v1/admin/notices/ntc_x"), 404, "unknown-notice");
  }

  @Test
  void aPathWithTwoMeaningsIsRefusedWhateverItNames() throws IOException {
    Api.Registered phone = Api.phone("en");
    String id = phone.path("").substring("/v1/devices/".length());
    for (String path :
        List.of(
            "/v1/devices;x=1/" + id,
            "/v1;/devices/" + id,
            "/v1/devices/;/" + id,
            "/v1/devices%3B/" + id,
            "/v1/devices%2F" + id,
            "/v1/./devices/" + id,
            "/v1/x/%2E%2e/devices/" + id,
            "/v1/x/../products/towncrier_ax3000/update?version=1.2.0",
            "/v1/products/towncrier_ax3000%00/update?version=1.2.0",
            "/q/../v1/about",
            "/personal-center/%5c../alerts.js",
            "/%")) {
      RawHttp.Answer answer = RawHttp.send(RestAssured.port, RawHttp.get(path), PATIENCE);
      assertThat(answer.status()).as(path).isEqualTo(400);
      assertThat(answer.text()).as(path).contains("application/problem+json", "invalid-request");
    }
  }

  @Test
  void aHostThatIsMissingOrTwiceIsAProblemWithoutTheCallersText() throws IOException {
    for (String hosts : List.of("", "Host: a b\r\n", "Host: localhost\r\nHost: localhost\r\n")) {
      RawHttp.Answer answer =
          RawHttp.send(
              RestAssured.port,
              "GET /v1/about?canary HTTP/1.1\r\n" + hosts + "Connection: close\r\n\r\n",
              PATIENCE);
      assertThat(answer.status()).as(hosts).isEqualTo(400);
      assertThat(answer.text())
          .contains("application/problem+json", "invalid-request")
          .doesNotContain("canary");
    }
  }

  @Test
  void aBrokenEscapeInAQueryIsAProblemToo() throws IOException {
    for (String query : List.of("limit=%", "limit=%zz", "%=1", "state=running&x=%e")) {
      RawHttp.Answer answer =
          RawHttp.send(
              RestAssured.port,
              "GET /v1/admin/notices?"
                  + query
                  + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                  + TestPostgres.OPERATOR_TOKEN
                  + "\r\nConnection: close\r\n\r\n",
              PATIENCE);
      assertThat(answer.status()).as(query).isEqualTo(400);
      assertThat(answer.text()).as(query).contains("application/problem+json", "invalid-request");
    }
  }

  @Test
  void anAnnouncedBodyBeyondAllLimitsIs413AndTheConnectionEnds() throws IOException {
    RawHttp.Answer answer =
        RawHttp.send(
            RestAssured.port,
            "POST /v1/admin/catalogue HTTP/1.1\r\nHost: localhost\r\n"
                + "Content-Length: 40000000\r\n\r\n{",
            PATIENCE);
    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.text()).contains("connection: close", "body-too-large");
    assertThat(answer.closed()).isTrue();
  }

  @Test
  void theMainPortTellsOfHealthInAWordAndNothingOfMetrics() {
    Api.anonymous()
        .get("/q/health/live")
        .then()
        .statusCode(200)
        .body("status", equalTo("UP"))
        .body("size()", equalTo(2));
    Api.anonymous().get("/q/health/ready").then().statusCode(200).body("size()", equalTo(2));
    for (String path :
        List.of(
            "/q/health", "/q/health/", "/q/health/started", "/q/health/group/x", "/q/metrics")) {
      problem(Api.anonymous().get(path), 404, "not-found");
    }
    Api.anonymous().get("/q/openapi").then().statusCode(200);
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .statusCode(200)
        .body("checks.name", hasItems("push", "catalogue snapshot"));
  }

  @Test
  void badAlertsChangeNothing() {
    Api.Registered phone = Api.phone("en");
    String path = phone.path("/notification-alerts");
    for (String bad :
        List.of(
            "{\"push\":\"yes\"}",
            "{\"pushCategories\":{\"weather\":false}}",
            "{\"pushCategories\":[]}",
            "{\"quietHours\":{\"from\":\"22:00\",\"to\":\"22:00\"}}",
            "{\"quietHours\":{\"from\":\"25:00\",\"to\":\"07:00\"}}",
            "{\"revision\":\"x\"}",
            "{\"push\":false,\"revision\":0.5}",
            "[]")) {
      problem(phone.as().body(bad).put(path), 400, "invalid-request");
    }
    for (String twofold :
        List.of("{\"push\":false,\"push\":true}", "{\"push\":false} {\"push\":true}")) {
      problem(phone.as().body(twofold).put(path), 400, "malformed-json");
    }
    phone.as().body("{\"push\":false,\"revision\":0}").put(path).then().statusCode(200);
    problem(phone.as().body("{\"push\":true,\"revision\":0}").put(path), 409, "stale-revision");
    phone.as().get(path).then().body("push", equalTo(false)).body("revision", equalTo(1));
  }

  @Test
  void aDeviceMustSayWhatItIs() {
    problem(Api.anonymous().body(Map.of()).post("/v1/devices"), 400, "invalid-request")
        .then()
        .body("errors.field", containsInAnyOrder("kind", "product", "version"));
    problem(
        Api.anonymous().body(registration("kind", "toaster")).post("/v1/devices"),
        400,
        "invalid-request");
    Api.Registered phone = Api.phone("en");
    problem(
            phone
                .as()
                .body(Map.of("provider", "fcm", "kind", "token", "value", "x".repeat(10_000)))
                .put(phone.path("/push-address")),
            400,
            "invalid-request")
        .then()
        .body("errors.field", hasItem("value"));
    phone
        .as()
        .get(phone.path(""))
        .then()
        .body("pushAddress", equalTo(false))
        .body("pushAddressPending", equalTo(false))
        .body("revision", equalTo(0));
  }

  @Test
  void anImportWithADefectChangesNothing() {
    problem(
            Api.operator()
                .body(
                    """
                    {"products":[{"id":"half","name":"n","kind":"firmware","defaultLanguage":"en"}],
                     "releases":[{"products":["half","nobody"],"version":"1","severity":"optional",
                       "channel":"nightly","publishedAt":"2026-01-01T00:00:00Z",
                       "notes":{"de":{"title":"t","body":"b"}}}]}
                    """)
                .post("/v1/admin/catalogue"),
            400,
            "invalid-request")
        .then()
        .body(
            "errors.field",
            hasItems("releases[0].channel", "releases[0].products[1]", "releases[0].notes.en"));
    Api.anonymous()
        .queryParam("version", "0")
        .get("/v1/products/half/update")
        .then()
        .statusCode(404);
  }

  @Test
  void aCompressedBodyIsToldWhatIsWrongWithIt() {
    for (String path : List.of("/v1/admin/catalogue", "/v1/admin/notices", "/v1/devices")) {
      for (String encoding : List.of("gzip", "br", "deflate, gzip")) {
        problem(
                Api.operator().header("Content-Encoding", encoding).body("\u001f\u008b").post(path),
                415,
                "unsupported-media-type")
            .then()
            .header("Accept-Encoding", equalTo("identity"));
      }
    }
    Api.operator()
        .header("Content-Encoding", "identity")
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void aTextInWhichThereIsNothingToSeeIsNone() {
    Api.phone("ii");
    for (String nothing : List.of("   ", "\u200b", "\u00a0\ufeff", "\u3164")) {
      Map<String, Object> notice =
          Map.of(
              "kind",
              "announcement",
              "defaultLanguage",
              "en",
              "texts",
              Map.of("en", Map.of("title", nothing, "body", nothing)),
              "audience",
              Map.of("languages", List.of("ii")));
      problem(Api.operator().body(notice).post("/v1/admin/notices"), 400, "invalid-request")
          .then()
          .body("errors.field", hasItems("texts.en.title", "texts.en.body"));
      Map<String, Object> release =
          Map.of(
              "version", "99.0",
              "severity", "optional",
              "publishedAt", "2026-01-01T00:00:00Z",
              "notes", Map.of("en", Map.of("title", nothing, "body", "B")));
      Map<String, Object> draft = new HashMap<>(release);
      draft.put("product", "towncrier_ax3000");
      problem(Api.operator().body(draft).post("/v1/admin/releases"), 400, "invalid-request")
          .then()
          .body("errors.field", hasItem("notes.en.title"));
      Map<String, Object> entry = new HashMap<>(release);
      entry.put("products", List.of("towncrier_ax3000"));
      problem(
              Api.operator().body(Map.of("releases", List.of(entry))).post("/v1/admin/catalogue"),
              400,
              "invalid-request")
          .then()
          .body("errors.field", hasItem("releases[0].notes.en.title"));
    }
  }

  @Test
  void nothingThatAClientSendsMakesA500() {
    Random random = new Random(20260501);
    Api.Registered phone = Api.phone("en");
    List<String> paths =
        List.of(
            CHECK,
            "/v1/devices",
            phone.path(""),
            phone.path("/check"),
            phone.path("/push-address"),
            phone.path("/push-address/confirm"),
            phone.path("/notification-alerts"),
            phone.path("/notices/zzz/read"),
            "/v1/admin/catalogue",
            "/v1/admin/notices");
    for (int i = 0; i < 1500; i++) {
      String path = paths.get(random.nextInt(paths.size()));
      String credential =
          path.contains("/admin/") ? "op_for_tests_only_0123456789" : phone.secret();
      HttpRequest.Builder request =
          PlainHttp.to(path)
              .header("Content-Type", "application/json")
              .header("Authorization", "Bearer " + credential)
              .method(
                  List.of("POST", "PUT", "PATCH").get(random.nextInt(3)),
                  HttpRequest.BodyPublishers.ofString(Garbage.json(random)));
      makesNo500(request);
      makesNo500(PlainHttp.to(Garbage.check(random)));
    }
  }

  private static void makesNo500(HttpRequest.Builder request) {
    HttpResponse<String> answer = PlainHttp.send(request);
    assertThat(answer.statusCode()).as(answer.uri() + " " + answer.body()).isLessThan(500);
  }

  private static Response problem(Response answer, int status, String code) {
    answer
        .then()
        .statusCode(status)
        .contentType("application/problem+json")
        .body("code", equalTo(code))
        .body("status", equalTo(status));
    return answer;
  }

  private static Map<String, String> registration(String field, String value) {
    Map<String, String> body =
        new HashMap<>(
            Map.of(
                "kind", "phone",
                "product", "router-app-android",
                "version", "1",
                "country", "DE",
                "timezone", "Europe/Berlin",
                "language", "de"));
    body.put(field, value);
    return body;
  }
}
