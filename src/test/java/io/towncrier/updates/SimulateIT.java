package io.towncrier.updates;

import static org.hamcrest.Matchers.both;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.lessThan;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.vertx.VertxContextSupport;
import io.restassured.response.ValidatableResponse;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A change tried on twelve thousand registered devices: more than two pages of the fleet. */
@QuarkusTest
class SimulateIT {
  private static final int DEVICES = 12_000;
  private static final String REGISTER =
      """
      INSERT INTO device (id, kind, product_id, version, country, time_zone, language, channel,
        cohort, secret_index, registered_at, last_seen_on, revision)
      SELECT 'dev_' || $1 || n, 'ROUTER', $1, CASE WHEN n % 3 = 0 THEN '1.1' ELSE '1.0' END,
        CASE WHEN n % 2 = 0 THEN 'DE' ELSE 'FR' END, 'Europe/Berlin', 'de', 'stable',
        'c-' || n, decode(md5($1 || n), 'hex'), now(), current_date, 0
      FROM generate_series(1, $2::int) AS n
      """;

  @Inject Database database;

  private final String product = "fleet-" + UUID.randomUUID();

  @BeforeEach
  void aFleet() throws Throwable {
    Api.operator()
        .body(Map.of("id", product, "name", "R", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    VertxContextSupport.subscribeAndAwait(() -> database.update(REGISTER, product, DEVICES));
  }

  @Test
  void aDraftIsCountedByDecisionCountryAndVersionBeforeItIsOut() {
    draft("1.1", Map.of());
    draft("2.0", Map.of("countries", Map.of("allow", List.of("DE"))));

    simulate(Map.of("draft", product + ":2.0"))
        .body("devices.devices", equalTo(DEVICES))
        .body("devices.before.'up-to-date'", equalTo(DEVICES))
        .body("devices.after.offer", equalTo(DEVICES / 2))
        .body("devices.after.'held-back'", equalTo(DEVICES / 2))
        .body("devices.changed", equalTo(DEVICES))
        .body("byCountry.largest.DE.after.offer", equalTo(DEVICES / 2))
        .body("byVersion.largest.'1.1'.devices", equalTo(DEVICES / 3))
        .body("examples", hasSize(100))
        .body("examples[0].deviceId", startsWith("dev_"));
    Api.anonymous()
        .get("/v1/products/" + product + "/update?version=1.0&country=DE")
        .then()
        .body("decision", equalTo("up-to-date"));
  }

  @Test
  void aRolloutIsCountedAsItStandsOrAtItsEnd() {
    draft(
        "2.0",
        Map.of(
            "rollout",
            Map.of(
                "phases",
                List.of(Map.of("percentage", 25, "soak", "P1D"), Map.of("percentage", 100)))));

    simulate(Map.of("draft", product + ":2.0"))
        .body("devices.after.offer", both(greaterThan(2_700)).and(lessThan(3_300)));
    simulate(Map.of("draft", product + ":2.0", "finished", true))
        .body("devices.after.offer", equalTo(DEVICES));
  }

  @Test
  void whatIsUnknownOrInTheWrongStateIsSaid() {
    draft("2.0", Map.of());

    Api.operator()
        .body(Map.of("withdraw", product + ":2.0"))
        .post("/v1/admin/simulate")
        .then()
        .statusCode(409);
    Api.operator()
        .body(Map.of("draft", product + ":9.9"))
        .post("/v1/admin/simulate")
        .then()
        .statusCode(404);
    Api.operator().body(Map.of()).post("/v1/admin/simulate").then().statusCode(400);
  }

  private void draft(String version, Map<String, ?> more) {
    Map<String, Object> release = new HashMap<>(more);
    release.put("product", product);
    release.put("version", version);
    release.put("severity", "recommended");
    release.put("publishedAt", "2026-01-01T00:00:00Z");
    release.put("notes", Map.of("en", Map.of("title", "New", "body", "All of it")));
    Api.operator().body(release).post("/v1/admin/releases").then().statusCode(201);
  }

  private static ValidatableResponse simulate(Map<String, ?> body) {
    return Api.operator().body(body).post("/v1/admin/simulate").then().statusCode(200);
  }
}
