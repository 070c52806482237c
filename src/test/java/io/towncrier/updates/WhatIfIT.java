package io.towncrier.updates;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What would change if a release were halted, resumed, published or given other phases. */
@QuarkusTest
class WhatIfIT {
  private static final int DEVICES = 8;

  private final String product = "app-" + UUID.randomUUID();
  private final String release = product + ":2.0";

  @BeforeEach
  void aReleaseThatIsOfferedToEverybody() {
    Api.operator()
        .body(Map.of("id", product, "name", "A", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    for (int i = 0; i < DEVICES; i++) {
      Api.register(Map.of("product", product, "version", "1.0"));
    }
    Api.operator()
        .body(
            Map.of(
                "product",
                product,
                "version",
                "2.0",
                "severity",
                "recommended",
                "notes",
                Map.of("en", Map.of("title", "T", "body", "B"))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
    Api.operator()
        .body(Map.of("revision", 0))
        .post("/v1/admin/releases/" + release + "/publish")
        .then()
        .statusCode(200);
  }

  @Test
  void aHaltTakesTheOfferFromAllAndAResumptionGivesItBack() {
    whatIf(Map.of("halt", release))
        .body("devices.before.offer", equalTo(DEVICES), "devices.after.offer", nullValue());
    Api.operator().post("/v1/admin/releases/" + release + "/rollout/halt").then().statusCode(200);
    whatIf(Map.of("resume", release))
        .body("devices.before.offer", nullValue(), "devices.after.offer", equalTo(DEVICES));
    // Nothing of it was done.
    Api.operator()
        .get("/v1/admin/releases/" + release)
        .then()
        .body("rollout.state", equalTo("halted"));
  }

  @Test
  void otherPhasesAndAnotherPublicationAreTriedTogether() {
    whatIf(Map.of("phases", Map.of("release", release, "phases", List.of(phase(0)))))
        .body("devices.after.offer", nullValue());
    Api.operator().post("/v1/admin/releases/" + release + "/withdraw").then().statusCode(200);
    whatIf(Map.of("publish", release))
        .body("devices.before.offer", nullValue(), "devices.after.offer", equalTo(DEVICES));
    whatIf(
            Map.of(
                "publish",
                release,
                "phases",
                Map.of("release", release, "phases", List.of(phase(100)))))
        .body("devices.after.offer", equalTo(DEVICES));
  }

  @Test
  void whatCannotBeTriedIsTold() {
    simulate(Map.of("publish", release)).statusCode(409);
    simulate(Map.of("halt", product + ":9.0")).statusCode(404);
    simulate(Map.of("halt", release, "resume", "other:2.0"))
        .statusCode(400)
        .body("errors.field", contains("body"));
    simulate(
            Map.of(
                "phases",
                Map.of("release", release, "phases", List.of(phase(50), phase(10), phase(101)))))
        .statusCode(400)
        .body(
            "errors.field", contains("phases.phases[1].percentage", "phases.phases[2].percentage"));
    simulate(Map.of()).statusCode(400).body("errors.field", contains("draft"));
  }

  private static Map<String, Object> phase(int percentage) {
    return Map.of("percentage", percentage);
  }

  private static ValidatableResponse whatIf(Map<String, ?> change) {
    return simulate(change).statusCode(200).body("devices.devices", equalTo(DEVICES));
  }

  private static ValidatableResponse simulate(Map<String, ?> change) {
    return Api.operator().body(change).post("/v1/admin/simulate").then();
  }
}
