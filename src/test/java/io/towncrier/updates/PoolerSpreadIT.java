package io.towncrier.updates;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.PgBouncer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An instance behind a pooler that hands connections on: the database cannot tell it anything. */
@QuarkusTest
@Tag("zoneless")
class PoolerSpreadIT {
  private static final Duration PROMISED = Duration.ofSeconds(2);

  private final String product = "pooled-" + UUID.randomUUID();

  @ConfigProperty(name = "quarkus.datasource.reactive.url")
  String database;

  @Test
  void looksForChangesAndAnswersThemWithinTwoSeconds() throws Exception {
    publish("1.0");
    int postgres = URI.create(database).getPort();
    try (PgBouncer pooler = new PgBouncer(postgres)) {
      PackagedServer other =
          new PackagedServer(
              "postgresql://127.0.0.1:" + pooler.port() + "/postgres",
              Map.of(
                  "TOWNCRIER_OPERATOR_TOKEN", "op_for_this_test_only_0123456789",
                  // What other tests have left behind is not its business.
                  "TOWNCRIER_SERVER_DRAIN_EVERY", "10m",
                  // As the README says of poolers.
                  "QUARKUS_DATASOURCE_REACTIVE_CACHE_PREPARED_STATEMENTS", "false",
                  "QUARKUS_DATASOURCE_REACTIVE_POSTGRESQL_USE_LAYER7_PROXY", "true"));
      try {
        other.startIfDead();
        Await.patiently("1.0 is offered", () -> offers(other, "1.0"));

        publish("2.0");

        Await.until("2.0 is offered", PROMISED, () -> offers(other, "2.0"));
        given()
            .baseUri("http://127.0.0.1:" + other.managementPort())
            .get("/q/health")
            .then()
            .body(
                "checks.find { it.name == 'catalogue snapshot' }.data.changesAreTold",
                equalTo(false));
      } finally {
        other.kill();
      }
    }
  }

  private boolean offers(PackagedServer server, String version) {
    Response answer =
        given()
            .baseUri("http://127.0.0.1:" + server.port())
            .get("/v1/products/" + product + "/update?version=0.1");
    return answer.statusCode() == 200 && version.equals(answer.path("release.version"));
  }

  private void publish(String version) {
    Map<String, Object> release =
        Map.of(
            "products",
            List.of(product),
            "version",
            version,
            "severity",
            "recommended",
            "publishedAt",
            "2026-01-01T00:00:00Z",
            "notes",
            Map.of("en", Map.of("title", "New", "body", "All of it")));
    Map<String, Object> one =
        Map.of("id", product, "name", "X", "kind", "firmware", "defaultLanguage", "en");
    Api.operator()
        .body(Map.of("products", List.of(one), "releases", List.of(release)))
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }
}
