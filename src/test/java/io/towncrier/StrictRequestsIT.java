package io.towncrier;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What an operator misspells is refused by name, by every operation of the OpenAPI document: one
 * that is new is tried without anybody thinking of it.
 */
@QuarkusTest
@Tag("zoneless")
class StrictRequestsIT {
  private static final String MISSPELT = "contries";
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");

  private record Operation(String method, String path) {}

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void everyOperationRefusesAParameterThatItDoesNotKnow() throws IOException {
    List<Operation> operations = operations("/v1/admin/");
    operations.addAll(operations("/v1/devices/{deviceId}/notification-alerts"));
    assertThat(operations).hasSizeGreaterThan(30);
    Api.Registered phone = Api.phone("en");
    for (Operation operation : operations) {
      RequestSpecification caller =
          operation.path().startsWith("/v1/admin/") ? Api.operator() : phone.as();
      if (WITH_BODY.contains(operation.method())) {
        caller.body("{}");
      }
      Response answer =
          caller
              .queryParam(MISSPELT, "DE")
              .queryParam("wrong", "1")
              .request(operation.method(), filled(operation.path(), phone));
      refused(operation, answer, MISSPELT, "wrong");
    }
  }

  @Test
  void everyOperationWithABodyRefusesAMemberThatItDoesNotKnow() throws IOException {
    List<Operation> operations =
        operations("/v1/admin/").stream()
            .filter(o -> WITH_BODY.contains(o.method()))
            // A part of an artifact is bytes.
            .filter(o -> !o.path().endsWith("/parts/{number}"))
            .toList();
    assertThat(operations).hasSizeGreaterThan(20);
    Api.Registered phone = Api.phone("en");
    for (Operation operation : operations) {
      Response answer =
          Api.operator()
              .body("{\"" + MISSPELT + "\":[\"DE\"]}")
              .request(operation.method(), filled(operation.path(), phone));
      refused(operation, answer, MISSPELT);
    }
    // Revoking was among them.
    phone.as().get(phone.path("")).then().statusCode(200);
  }

  @Test
  void aMisspeltAudienceOrScheduleMakesNoNotice() {
    int before = notices();
    Map<String, Object> draft =
        Map.of(
            "kind",
            "announcement",
            "defaultLanguage",
            "en",
            "texts",
            Map.of("en", Map.of("title", "T", "body", "B", "tilte", "T")),
            "audience",
            Map.of("land", List.of("DE"), "versions", Map.of("form", "1", "to", "2")),
            "schedule",
            Map.of("time", "19:00"),
            "ttl",
            60);
    Api.operator()
        .body(draft)
        .post("/v1/admin/notices")
        .then()
        .statusCode(400)
        .body("code", equalTo("invalid-request"))
        .body(
            "errors.field",
            containsInAnyOrder(
                "texts.en.tilte",
                "audience.land",
                "audience.versions.form",
                "schedule.time",
                "ttl"));
    assertThat(notices()).isEqualTo(before);
  }

  @Test
  void aVariableThatIsNotSetWidensNothing() {
    Map<String, Object> texts = Map.of("en", Map.of("title", "T", "body", "B"));
    Map<String, Object> draft =
        Map.of(
            "kind",
            "announcement",
            "defaultLanguage",
            "en",
            "texts",
            texts,
            "audience",
            Map.of(
                "kind",
                "",
                "products",
                List.of("router-app-android"),
                "versions",
                Map.of("from", "", "to", "2")),
            "schedule",
            Map.of("at", "", "localTime", "", "date", ""));
    Api.operator()
        .body(draft)
        .post("/v1/admin/notices")
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            containsInAnyOrder(
                "audience.kind",
                "audience.versions.from",
                "schedule.at",
                "schedule.localTime",
                "schedule.date"));
    Api.operator()
        .body("{\"notice\":\"ntc_x\",\"reason\":\"\"}")
        .post("/v1/admin/dead-letters/release")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("reason"));
    for (String query :
        List.of(
            "notices?state=",
            "lint?product=",
            "releases?product=a&product=b",
            "products?after=%20")) {
      Api.operator().urlEncodingEnabled(false).get("/v1/admin/" + query).then().statusCode(400);
    }
  }

  @Test
  void aStopNeedsNoBodyAndNoMediaType() {
    Api.phone("kl");
    for (String type : List.of("", "application/json", "application/x-www-form-urlencoded")) {
      for (String body : List.of("", "{}")) {
        String id = Api.announce("T", Map.of("languages", List.of("kl")));
        RequestSpecification request =
            given().header("Authorization", "Bearer " + TestPostgres.OPERATOR_TOKEN);
        if (!type.isEmpty()) {
          request.contentType(type);
        }
        if (!body.isEmpty()) {
          request.body(body);
        }
        int status = request.post("/v1/admin/notices/" + id + "/cancel").statusCode();
        assertThat(status).as("'" + type + "' " + body).isEqualTo(200);
      }
    }
    Api.operator()
        .body("[\"now\"]")
        .post(
            "/v1/admin/notices/"
                + Api.announce("T", Map.of("languages", List.of("kl")))
                + "/cancel")
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("body"));
  }

  @Test
  void aRevisionStandsInTheBodyOrInIfMatch() {
    Api.phone("kl");
    String id = Api.draft(Api.operator(), "T", Map.of("languages", List.of("kl")));
    String path = "/v1/admin/notices/" + id;
    Api.operator()
        .body("{\"revision\":0}")
        .header("If-Match", "\"1\"")
        .post(path + "/approve")
        .then()
        .statusCode(400);
    Api.operator().body("{\"revision\":0.5}").post(path + "/approve").then().statusCode(400);
    Api.operator().body("{\"revision\":0}").post(path + "/approve").then().statusCode(200);
    Api.operator().body("{\"revision\":0}").post(path + "/start").then().statusCode(409);
    Api.operator().body("{\"revision\":1}").post(path + "/start").then().statusCode(200);
  }

  @Test
  void clientsGoOnBeingReadLeniently() {
    Api.anonymous()
        .queryParam("version", "1.2.0")
        .queryParam(MISSPELT, "DE")
        .get("/v1/products/towncrier_ax3000/update")
        .then()
        .statusCode(200);
    Api.Registered phone = Api.register(Map.of(MISSPELT, "DE"));
    phone
        .as()
        .body("{\"version\":\"3.0.1\",\"contries\":1}")
        .post(phone.path("/check"))
        .then()
        .statusCode(200);
  }

  private static void refused(Operation operation, Response answer, String... names) {
    assertThat(answer.statusCode()).as(operation + " " + answer.asString()).isEqualTo(400);
    assertThat(answer.<String>path("code")).as(operation.toString()).isEqualTo("invalid-request");
    assertThat(answer.<List<String>>path("errors.field"))
        .as(operation + " " + answer.asString())
        .contains(names);
  }

  private static int notices() {
    return Api.operator().get("/v1/admin/notices").<List<?>>path("items").size();
  }

  private static String filled(String path, Api.Registered phone) {
    return path.replace("{product}", "router-app-android")
        .replace("{release}", "router-app-android:9")
        .replace("{deviceId}", phone.id())
        .replaceAll("\\{\\w+}", "none");
  }

  private static List<Operation> operations(String below) throws IOException {
    JsonNode document =
        new ObjectMapper(new YAMLFactory()).readTree(Path.of("api", "openapi.yaml").toFile());
    Set<String> methods = Set.of("get", "put", "post", "delete", "patch");
    List<Operation> found = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .fieldNames()
                    .forEachRemaining(
                        method -> {
                          if (path.getKey().startsWith(below) && methods.contains(method)) {
                            found.add(
                                new Operation(method.toUpperCase(Locale.ROOT), path.getKey()));
                          }
                        }));
    return found;
  }
}
