package io.towncrier.updates;

import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.Api;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Explanations and findings over HTTP. */
@QuarkusTest
class ExplainAndLintIT {
  private static final String EXPLAIN = "/v1/admin/explain";
  private static final String LINT = "/v1/admin/lint";
  private static final String AX3000 = "towncrier_ax3000";

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void theExplanationDecidesAsTheCheckDoes() {
    String offered =
        Api.anonymous()
            .queryParam("version", "1.2.0")
            .queryParam("country", "DE")
            .get("/v1/products/" + AX3000 + "/update")
            .path("release.version");
    Api.operator()
        .body(Map.of("product", AX3000, "version", "1.2.0", "country", "DE"))
        .post(EXPLAIN)
        .then()
        .statusCode(200)
        .body("decision", equalTo("offer"))
        .body("version", equalTo(offered))
        .body("releases.find { it.standing == 'offered' }.version", equalTo(offered))
        .body("releases.find { it.standing == 'offered' }.gates.passed", everyItem(equalTo(true)))
        .body("releases.gates.size()", not(equalTo(0)));
  }

  @Test
  void aDeviceIsExplainedByWhatItSaidOfItself() {
    Api.Registered phone = Api.phone("de");
    Api.operator()
        .body(Map.of("deviceId", phone.id(), "at", "2030-01-01T03:00:00+02:00"))
        .post(EXPLAIN)
        .then()
        .statusCode(200)
        .body("product", equalTo("router-app-android"))
        .body("at", equalTo("2030-01-01T01:00:00Z"))
        .body("facts.device", equalTo(phone.id()))
        .body("facts.country", equalTo("DE"));
  }

  @Test
  void whatIsNotKnownIsSaid() {
    Api.operator()
        .body(Map.of("deviceId", "dev_0"))
        .post(EXPLAIN)
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-device"));
    Api.operator()
        .body(Map.of("product", "nope", "version", "1.0"))
        .post(EXPLAIN)
        .then()
        .statusCode(404)
        .body("code", equalTo("unknown-product"));
    Api.operator()
        .body(Map.of("deviceId", "dev_0", "version", "1.0", "at", "soon"))
        .post(EXPLAIN)
        .then()
        .statusCode(400)
        .body("errors.field", hasItem("deviceId"))
        .body("errors.field", hasItem("at"));
    Api.anonymous().body(Map.of()).post(EXPLAIN).then().statusCode(401);
  }

  @Test
  void theSampleHasNoErrors() {
    Api.operator()
        .get(LINT)
        .then()
        .statusCode(200)
        .body(
            "findings.findAll { it.product == '" + AX3000 + "' && it.level == 'error' }", empty());
  }

  @Test
  void aDraftIsLookedAtOnlyWhenItIsNamed() {
    Api.operator()
        .body(Map.of("id", "lint_ap", "name", "AP", "kind", "firmware", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    Api.operator()
        .body(
            Map.of(
                "product", "lint_ap",
                "version", "2.0",
                "severity", "security",
                "publishedAt", "2026-01-01T00:00:00Z",
                "notes", Map.of("en", Map.of("title", "New", "body", "All"))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);

    Api.operator()
        .get(LINT + "?product=lint_ap")
        .then()
        .statusCode(200)
        .body("findings", hasSize(0));
    Api.operator()
        .get(LINT + "?draft=lint_ap:2.0")
        .then()
        .statusCode(200)
        .body("errors", equalTo(1))
        .body("findings[0].code", equalTo("advisory-missing"))
        .body("findings[0].place", equalTo("releases[2.0].advisory"));
    Api.operator().get(LINT + "?draft=lint_ap:3.0").then().statusCode(404);
    Api.operator().get(LINT + "?product=nope").then().statusCode(404);
    Api.operator().get(LINT + "?draft=lint_ap:2.0&product=other").then().statusCode(400);
  }
}
