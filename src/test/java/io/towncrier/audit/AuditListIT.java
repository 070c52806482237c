package io.towncrier.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.startsWith;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The audit log as operators search it and take it with them. */
@QuarkusTest
class AuditListIT {
  private static final String AUDIT = "/v1/admin/audit";

  private final String product = "app-" + UUID.randomUUID();
  private Map<String, Object> made = Map.of();

  @BeforeEach
  void createAProduct() {
    Api.operator()
        .body(Map.of("id", product, "name", "A", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
    made = list("subject=" + product).extract().path("items[0]");
  }

  @Test
  void entriesAreFoundByWhoDidWhatAndWhen() {
    String actor = (String) made.get("actor");
    String about = "subject=" + product;
    list(about + "&actor=" + actor + "&action=product.created")
        .body("items.subject", contains(product));
    list(about + "&action=product").body("items.subject", contains(product));
    list(about + "&action=notice").body("items", empty());
    list(about + "&actor=nobody").body("items", empty());
    list("action=product&limit=5").body("items.action", everyItem(startsWith("product.")));
    Instant at = Instant.parse((String) made.get("at"));
    list(about + "&from=" + at).body("items.subject", contains(product));
    list(about + "&to=" + at).body("items", empty());
  }

  @Test
  void theExportGoesOnBehindTheLastLineAndHasTheChain() throws Exception {
    int number = (int) made.get("number");
    String lines = export("?limit=1&after=" + (number - 1));
    JsonNode line = new ObjectMapper().readTree(lines);
    assertThat(lines).endsWith("}\n").doesNotContain("}\n{");
    assertThat(line.path("number").asInt()).isEqualTo(number);
    assertThat(line.path("hash").asText()).isEqualTo(made.get("hash"));
    assertThat(export("?after=999999999")).isEmpty();
    assertThat(export("?limit=2").lines()).hasSize(2);
  }

  private static String export(String query) {
    return Api.operator()
        .get(AUDIT + "/export" + query)
        .then()
        .statusCode(200)
        .contentType("application/x-ndjson")
        .extract()
        .asString();
  }

  private static ValidatableResponse list(String query) {
    return Api.operator().get(AUDIT + "?" + query).then().statusCode(200);
  }
}
