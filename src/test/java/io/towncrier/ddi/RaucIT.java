package io.towncrier.ddi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** RAUC's own polling: by its headers, with and without a credential. */
@QuarkusTest
@Tag("zoneless")
class RaucIT {
  private static final String TAG = "\"" + "a".repeat(64) + "\"";

  private Fleet fleet;

  @BeforeEach
  void newFleet() {
    Api.importSample();
    fleet = new Fleet();
    fleet.publish("2.0+b.1");
  }

  @Test
  void whoHasSomethingToInstallIsSentThere() {
    rauc("1.0")
        .get(path())
        .then()
        .statusCode(302)
        .header("Location", equalTo("https://downloads.example.com/fw.raucb"))
        .header("Cache-Control", equalTo("no-store"));
    rauc("2.0+b.1").get(path()).then().statusCode(204);
    given().redirects().follow(false).get(path() + "?version=1.0").then().statusCode(302);
    given().redirects().follow(false).get(path() + "?version=2.0+b.1").then().statusCode(204);
    rauc("2.0+b.1").get(path() + "?version=1.0").then().statusCode(204);
  }

  @Test
  void whoHasTheBundleAlreadyIsToldSo() {
    rauc("1.0").header("If-None-Match", TAG).get(path()).then().statusCode(304);
    rauc("1.0").header("If-None-Match", "\"of-another-bundle\"").get(path()).then().statusCode(302);
    rauc("2.0+b.1").header("If-None-Match", TAG).get(path()).then().statusCode(204);
  }

  @Test
  void whyThereIsNothingStandsInAHeader() {
    fleet.publish("3.0", Map.of("countries", Map.of("allow", java.util.List.of("DE"))));

    rauc("2.0+b.1")
        .get(path() + "?country=FR")
        .then()
        .statusCode(204)
        .header("Towncrier-Decision", equalTo("held-back country-not-served"));
    rauc("2.0+b.1").get(path() + "?country=DE").then().statusCode(302);
    given().get(path()).then().statusCode(400);
    given().get("/v1/products/no-such/rauc?version=1").then().statusCode(404);
  }

  @Test
  void ofARegisteredDeviceVersionAndStartAreKept() {
    Api.Registered device =
        Api.register(Map.of("kind", "router", "product", fleet.product, "version", "1.0"));

    basic(rauc("1.1"), device.id(), device.secret())
        .header("RAUC-Boot-ID", "b-1")
        .header("RAUC-Serial", "serial-4711")
        .header("RAUC-Machine-ID", "machine-4711")
        .get(device.path("/rauc"))
        .then()
        .statusCode(302);

    assertThat(
            Sql.text(
                "SELECT version || ' ' || boot_id || ' ' || device::text FROM device WHERE id = ?",
                device.id()))
        .startsWith("1.1 b-1 ")
        .doesNotContain("serial-4711", "machine-4711");
    basic(rauc("2.0+b.1"), device.id(), device.secret())
        .get(device.path("/rauc"))
        .then()
        .statusCode(204);
    device.as().redirects().follow(false).get(device.path("/rauc")).then().statusCode(204);
    Api.Registered other = Api.phone("en");
    for (RequestSpecification wrong :
        new RequestSpecification[] {
          basic(rauc("1.0"), device.id(), other.secret()),
          basic(rauc("1.0"), other.id(), other.secret()),
          basic(rauc("1.0"), device.id(), ""),
          rauc("1.0").header("Authorization", "Basic !"),
          rauc("1.0")
        }) {
      wrong.get(device.path("/rauc")).then().statusCode(401);
    }
    basic(given(), device.id(), device.secret()).get(device.path("")).then().statusCode(401);
  }

  private String path() {
    return "/v1/products/" + fleet.product + "/rauc";
  }

  private static RequestSpecification rauc(String version) {
    return given()
        .urlEncodingEnabled(false)
        .redirects()
        .follow(false)
        .header("RAUC-System-Version", version);
  }

  private static RequestSpecification basic(
      RequestSpecification request, String user, String password) {
    return request.header(
        "Authorization",
        "Basic "
            + Base64.getEncoder()
                .encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8)));
  }
}
