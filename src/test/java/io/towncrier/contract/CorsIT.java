package io.towncrier.contract;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configured;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which pages may call the API from a browser. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class CorsIT {
  private static final String ALLOW = "Access-Control-Allow-Origin";

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void aPageOfAKnownOriginMayCallAndSeesWhatItNeeds() {
    from("https://app.example")
        .get("/v1/about")
        .then()
        .statusCode(200)
        .header(ALLOW, "https://app.example")
        .header("Vary", containsString("Origin"))
        .header("Access-Control-Expose-Headers", containsString("ETag"))
        .header("Access-Control-Allow-Credentials", nullValue());
    from("https://app.example")
        .header("Access-Control-Request-Method", "PUT")
        .header("Access-Control-Request-Headers", "authorization,if-match")
        .options("/v1/me/notification-alerts")
        .then()
        .statusCode(204)
        .header(ALLOW, "https://app.example")
        .header("Access-Control-Allow-Headers", containsString("If-Match"))
        .header("Access-Control-Allow-Methods", containsString("PUT"));
  }

  @Test
  void aPageOfAnotherOriginGetsNoLeaveAndNoRefusal() {
    from("https://evil.example").get("/v1/about").then().statusCode(200).header(ALLOW, nullValue());
    from("https://app.example.evil").get("/v1/about").then().header(ALLOW, nullValue());
  }

  @Test
  void aCheckIsPublicSoThatSharedCachesKeepOneAnswer() {
    RequestSpecification check = from("https://app.example").queryParam("version", "1.2.0");
    check
        .get("/v1/products/towncrier_ax3000/update")
        .then()
        .statusCode(200)
        .header(ALLOW, equalTo("*"))
        .header("Vary", nullValue());
    Api.anonymous()
        .queryParam("version", "1.2.0")
        .get("/v1/products/towncrier_ax3000/update")
        .then()
        .header(ALLOW, equalTo("*"));
  }

  private static RequestSpecification from(String origin) {
    return Api.anonymous().header("Origin", origin);
  }
}
