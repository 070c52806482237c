package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configured;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whoever registers has no credential: what limits them is where they come from. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class RegistrationLimitIT {
  private static final Map<String, String> PHONE =
      Map.of(
          "kind", "phone",
          "product", "router-app-android",
          "version", "3.0.1",
          "country", "DE",
          "timezone", "Europe/Berlin",
          "language", "de");

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void afterTooManyRegistrationsASourceIsAskedToWait() {
    for (int i = 0; i < 2; i++) {
      register("203.0.113.1", PHONE).then().statusCode(201);
    }
    // One that fails counts as well, or the check would cost more than the registration.
    register("203.0.113.1", Map.of()).then().statusCode(400);
    Response refused = register("203.0.113.1", PHONE);
    refused
        .then()
        .statusCode(429)
        .contentType("application/problem+json")
        .body("code", equalTo("too-many-requests"));
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(3500, 3600);

    register("1.1.1.1, 203.0.113.1", PHONE).then().statusCode(429);
    register("203.0.113.1, 203.0.113.2", PHONE).then().statusCode(201);
  }

  private static Response register(String forwarded, Map<String, String> body) {
    return Api.anonymous().header("X-Forwarded-For", forwarded).body(body).post("/v1/devices");
  }
}
