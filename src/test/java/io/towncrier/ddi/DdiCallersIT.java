package io.towncrier.ddi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.emptyString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.ddi.Fleet.Router;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who may call DDI, and how devices come to it. */
@QuarkusTest
@Tag("zoneless")
class DdiCallersIT {
  private static final List<String> ENDPOINTS =
      List.of(
          "GET ",
          "PUT /configData",
          "PUT /installedBase",
          "GET /deploymentBase/7",
          "POST /deploymentBase/7/feedback",
          "GET /cancelAction/7",
          "POST /cancelAction/7/feedback");

  private Fleet fleet;

  @BeforeEach
  void newFleet() {
    Api.importSample();
    fleet = new Fleet();
  }

  @Test
  void nothingButTheDevicesOwnTokenOrItsGatewaysIsACredential() {
    Router router = fleet.running("1.0");
    Router other = fleet.running("1.0");
    String token = router.authorization().substring("TargetToken ".length());
    Api.Registered phone = Api.phone("en");
    String gateway = gateway(new Fleet().product, "DE");
    List<String> refused =
        List.of(
            "",
            "TargetToken",
            "TargetToken ",
            "TargetToken " + token + "x",
            other.authorization(),
            "GatewayToken " + token,
            "GatewayToken " + gateway,
            "TargetToken " + gateway,
            "Bearer " + token,
            "Bearer " + phone.secret(),
            "Bearer op_something",
            "Basic " + token);
    String before = rows();
    for (String endpoint : ENDPOINTS) {
      for (String authorization : refused) {
        call(new Router(router.controllerId(), authorization), endpoint)
            .then()
            .statusCode(401)
            .header("WWW-Authenticate", equalTo("TargetToken"))
            .body(emptyString());
      }
      call(new Router("nobody-" + UUID.randomUUID(), router.authorization()), endpoint)
          .then()
          .statusCode(401);
      assertThat(call(router, endpoint).statusCode()).as(endpoint).isNotEqualTo(401);
    }
    router
        .as()
        .get("/other" + router.path("").substring(Fleet.TENANT.length() + 1))
        .then()
        .statusCode(401)
        .body(emptyString());
    assertThat(rows()).isEqualTo(before);
  }

  private static Response call(Router router, String endpoint) {
    String[] parts = endpoint.split(" ", 2);
    var request = router.as();
    if (!parts[0].equals("GET")) {
      request.body("{\"status\":{\"execution\":\"proceeding\"}}");
    }
    return request.request(parts[0], router.path(parts[1]));
  }

  private static String rows() {
    return Sql.text(
        "SELECT string_agg(device.id || device.version || device.revision, ',' ORDER BY device.id)"
            + " FROM device WHERE device.product_id LIKE 'ddi-%'");
  }

  @Test
  void atTheNativePathsATokenOfDdiIsNoCredential() {
    Api.Registered router =
        Api.register(Map.of("kind", "router", "product", fleet.product, "version", "1.0"));
    for (String scheme : List.of("TargetToken ", "GatewayToken ")) {
      Api.anonymous()
          .header("Authorization", scheme + router.secret())
          .get(router.path(""))
          .then()
          .statusCode(401);
    }
  }

  @Test
  void aTokenOfWhichOnlyTheHashIsKnownIsTheDevicesFromItsFirstUseOn() throws Exception {
    String token = Fleet.token();
    Router router = new Router("h-" + UUID.randomUUID(), "TargetToken " + token);
    String id =
        fleet
            .imports(Map.of("controllerId", router.controllerId(), "tokenSha256", sha256(token)))
            .then()
            .statusCode(200)
            .extract()
            .path("deviceIds[0]");
    Api.Registered own = new Api.Registered(id, token);
    own.as().get(own.path("")).then().statusCode(401);
    new Router(router.controllerId(), "TargetToken " + sha256(token)).poll().then().statusCode(401);

    router.poll().then().statusCode(200);
    router.poll().then().statusCode(200);

    own.as().get(own.path("")).then().statusCode(200);
  }

  private static String sha256(String text) throws NoSuchAlgorithmException {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void aGatewayBringsDevicesOfItsProductUntilItsTokenIsRevoked() {
    fleet.publish("2.0");
    Response made = make(fleet.product, "DE");
    String token = made.path("token");
    Router router = new Router("g-" + UUID.randomUUID(), "GatewayToken " + token);

    router.poll().then().statusCode(200).body("towncrier.reason", equalTo("version-unknown"));
    router.says(Map.of("version", "1.0")).then().statusCode(200);
    assertThat(router.action()).isNotEmpty();
    assertThat(
            Sql.text(
                "SELECT count(*) || max(country) || max(coalesce(imported_at::text, 'never'))"
                    + " FROM device WHERE product_id = ?",
                fleet.product))
        .isEqualTo("1DEnever");
    Router imported = fleet.running("1.0");
    new Router(imported.controllerId(), router.authorization()).poll().then().statusCode(200);
    Router elsewhere = new Fleet().running("1.0");
    new Router(elsewhere.controllerId(), router.authorization()).poll().then().statusCode(401);

    Api.operator()
        .get("/v1/admin/gateway-tokens?limit=500")
        .then()
        .statusCode(200)
        .body("items.id", hasItem(made.<String>path("id")))
        .body("items.toString()", not(equalTo(token)));
    Api.operator().delete("/v1/admin/gateway-tokens/" + made.path("id")).then().statusCode(204);
    Api.operator().delete("/v1/admin/gateway-tokens/" + made.path("id")).then().statusCode(404);
    router.poll().then().statusCode(401);
    new Router("g-" + UUID.randomUUID(), router.authorization()).poll().then().statusCode(401);
  }

  private static String gateway(String product, String country) {
    return make(product, country).path("token");
  }

  private static Response make(String product, String country) {
    Response made =
        Api.operator()
            .body(Map.of("product", product, "country", country))
            .post("/v1/admin/gateway-tokens");
    made.then().statusCode(201);
    return made;
  }

  @Test
  void aControllerIdThatNoDeviceMayHaveIsRefused() {
    String authorization = "GatewayToken " + gateway(fleet.product, "DE");
    String id = "m-" + UUID.randomUUID() + "-";

    new Router(id + "x".repeat(256 - id.length()), authorization).poll().then().statusCode(200);
    for (String bad :
        List.of(id + "x".repeat(257 - id.length()), id + "%20x", id + "%C3%A4", id + "%22")) {
      new Router(bad, authorization).poll().then().statusCode(400);
    }
    for (String path : List.of(id + "%2Fx", id + ";x", "..", id + "%00")) {
      new Router(path, authorization).poll().then().statusCode(400);
    }
    new Router(id + "/x", authorization).poll().then().statusCode(404);
    new Router("00%3A11%3A22%3A" + UUID.randomUUID(), authorization).poll().then().statusCode(200);
  }

  @Test
  void anImportNamesEachDefectAndImportsNothingThen() {
    fleet
        .imports(
            Map.of("controllerId", "a b", "token", "t".repeat(16)),
            Map.of("controllerId", "ok", "token", "short"),
            Map.of("controllerId", "ok", "country", "XX"),
            Map.of("controllerId", "ok2", "tokenSha256", "nonsense"))
        .then()
        .statusCode(400)
        .body(
            "errors.field",
            hasItems(
                "devices[0].controllerId",
                "devices[1].token",
                "devices[2].controllerId",
                "devices[2].token",
                "devices[2].country",
                "devices[3].tokenSha256"));
    Api.operator()
        .body(
            Map.of(
                "product",
                "no-such-product",
                "devices",
                List.of(Map.of("controllerId", "x", "token", "t".repeat(16)))))
        .post("/v1/admin/devices/import")
        .then()
        .statusCode(404);
    Api.operator()
        .body(Map.of("product", fleet.product, "devices", List.of()))
        .post("/v1/admin/devices/import")
        .then()
        .statusCode(400);
    assertThat(Sql.text("SELECT count(*)::text FROM device WHERE product_id = ?", fleet.product))
        .isEqualTo("0");
  }

  @Test
  void anImportIsAuditedAndMayBeRepeatedWithAnotherToken() {
    Router first = fleet.running("1.0");
    String next = Fleet.token();

    fleet
        .imports(Map.of("controllerId", first.controllerId(), "token", next))
        .then()
        .statusCode(200);

    first.poll().then().statusCode(401);
    new Router(first.controllerId(), "TargetToken " + next)
        .poll()
        .then()
        .statusCode(200)
        .body("towncrier.decision", equalTo("up-to-date"));
    Api.operator()
        .get("/v1/admin/audit?subject=" + fleet.product)
        .then()
        .body("items.action", hasItem("devices.imported"));
  }
}
