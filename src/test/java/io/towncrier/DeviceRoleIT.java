package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.towncrier.testing.Api;
import io.towncrier.testing.RawHttp;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The names of a provider's groups are its own: none of them makes its holder a device. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class DeviceRoleIT {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("boss"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void aTokenWithTheGroupDeviceIsNoDevice() throws IOException {
    Api.Registered victim = Api.phone("en");
    String id = victim.path("").substring("/v1/devices/".length());
    // As any group may be called; and its holder may even be called as the device is.
    for (String subject : List.of("stranger", id)) {
      String token =
          Tokens.signed(
              Tokens.claims(subject)
                  .groups(Set.of("device", "user", "admin"))
                  .claim("amr", List.of("pwd", "otp")));
      for (String path :
          List.of(
              "/v1/devices/" + id,
              "/v1/devices/" + id + "/notification-alerts",
              "/v1/devices;x=1/" + id,
              "/v1;x/devices/" + id,
              "/v1/devices/;/" + id,
              "/v1/devices/" + id + ";y/notices",
              "/v1/%64evices/" + id,
              "/v1/devices//" + id,
              "//v1/devices/" + id,
              "/V1/devices/" + id,
              "/v1/devices/" + id.replace("_", "%5F"),
              "/v1/devices/x/../" + id)) {
        for (String method : List.of("GET", "DELETE")) {
          RawHttp.Answer answer =
              RawHttp.send(
                  RestAssured.port,
                  method
                      + " "
                      + path
                      + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                      + token
                      + "\r\nConnection: close\r\n\r\n",
                  PATIENCE);
          assertThat(answer.status()).as(method + " " + path).isBetween(400, 405);
        }
      }
    }
    victim.as().get(victim.path("")).then().statusCode(200);
  }

  @Test
  void aTokenWithOtherGroupsBesidesIsAnOperatorAllTheSame() {
    String token =
        Tokens.signed(
            Tokens.claims("boss")
                .groups(Set.of("device", "operator"))
                .claim("amr", List.of("pwd", "otp")));
    Api.as(token).get("/v1/admin/products").then().statusCode(200);
    Api.as(token).get("/v1/me/devices").then().statusCode(200);
    Api.as(Tokens.signed(Tokens.claims("x").groups(Set.of("Operator", "operators"))))
        .get("/v1/admin/products")
        .then()
        .statusCode(403)
        .body("code", equalTo("forbidden"));
  }
}
