package io.towncrier.server;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.matchesRegex;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.junit.QuarkusTest;
import io.towncrier.testing.TestPostgres;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What there is at the server's address, and what answers. */
@QuarkusTest
@Tag("zoneless")
class FrontPageIT {
  @Test
  void programsAreGivenTheNextStepsAsJson() {
    given()
        .get("/")
        .then()
        .statusCode(200)
        .contentType("application/json")
        .header("Vary", "Accept")
        .body("name", equalTo("towncrier"))
        .body("next.name", hasItem("catalogue"));
  }

  @Test
  void browsersAreShownTheConsole() {
    given()
        .header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8")
        .get("/")
        .then()
        .statusCode(200)
        .contentType("text/html")
        .header("Content-Security-Policy", containsString("default-src 'none'"))
        .body(containsString("<div id=\"app\">"))
        .body(not(containsString(TestPostgres.OPERATOR_TOKEN)));
  }

  @Test
  void theServiceTellsWhatItWasBuiltFrom() {
    given()
        .get("/v1/about")
        .then()
        .statusCode(200)
        .body("name", equalTo("towncrier"))
        .body("commit", matchesRegex("unknown|[0-9a-f]{7,64}(-dirty)?"));
  }
}
