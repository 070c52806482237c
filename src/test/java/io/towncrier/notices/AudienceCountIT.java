package io.towncrier.notices;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.platform.Ids;
import io.towncrier.testing.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many devices a notice addresses, said at once and alike the preview. */
@QuarkusTest
class AudienceCountIT {
  private final String version = "8." + UUID.randomUUID().toString().substring(0, 8);

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void anAudienceOfFactsIsCountedExactly() {
    phone(Map.of("country", "DE", "language", "de"));
    phone(Map.of("country", "DE"));
    phone(Map.of("country", ""));
    String id = draft(Map.of("kind", "phone"));

    ValidatableResponse counted =
        count(id)
            .body("addressed", equalTo(3), "atMost", equalTo(3), "asOf", notNullValue())
            .body("byCountry", equalTo(Map.of("DE", 2, "unknown", 1)))
            .body("byLanguage", equalTo(Map.of("de", 1, "en", 2)));
    Api.operator()
        .post("/v1/admin/notices/" + id + "/preview")
        .then()
        .body("addressed", equalTo(counted.extract().<Integer>path("addressed")))
        .body("byCountry", equalTo(counted.extract().path("byCountry")))
        .body("byLanguage", equalTo(counted.extract().path("byLanguage")));

    // What is registered now is addressed now.
    phone(Map.of("country", "DE"));
    count(id).body("addressed", equalTo(4));
  }

  @Test
  void ofDevicesAccountsAndDaysTheMostIsSaid() {
    Api.Registered phone = phone(Map.of());
    phone(Map.of());
    for (Map<String, ?> narrower :
        List.of(Map.of("devices", List.of(phone.id())), Map.of("seenWithinDays", 30))) {
      Map<String, Object> audience = new HashMap<>(narrower);
      audience.put("kind", "phone");
      count(draft(audience))
          .body("atMost", equalTo(2))
          .body("addressed", nullValue(), "byCountry", nullValue());
    }
  }

  @Test
  void withRoutersAnyPhoneMayBeAddressedThroughAnAccount() {
    Api.register(Map.of("kind", "router", "product", "towncrier_ax3000", "version", "1.2.0"));
    Api.phone("en");
    String id =
        Api.draft(Api.operator(), "Routers", Map.of("products", List.of("towncrier_ax3000")));
    count(id).body("addressed", nullValue()).body("atMost", greaterThanOrEqualTo(2));
  }

  @Test
  void anAudienceThatNobodyIsInIsNoAudience() {
    phone(Map.of());
    for (Map<String, ?> nobody :
        List.of(
            Map.of("products", List.of("router-app-android"), "countries", List.of("AQ")),
            Map.of("devices", List.of(Ids.next("dev"))))) {
      Api.operator()
          .body(Api.announcement("Nobody", nobody))
          .post("/v1/admin/notices")
          .then()
          .statusCode(400)
          .body("errors.field", contains("audience"));
    }
  }

  @Test
  void aNoticeThatIsNotThereIsUnknown() {
    Api.operator().get("/v1/admin/notices/none/audience").then().statusCode(404);
  }

  private String draft(Map<String, ?> more) {
    Map<String, Object> audience = new HashMap<>(more);
    audience.put("products", List.of("router-app-android"));
    audience.put("versions", Map.of("from", version, "to", version));
    return Api.draft(Api.operator(), "Counted", audience);
  }

  private Api.Registered phone(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("version", version);
    return Api.register(all);
  }

  private static ValidatableResponse count(String id) {
    return Api.operator().get("/v1/admin/notices/" + id + "/audience").then().statusCode(200);
  }
}
