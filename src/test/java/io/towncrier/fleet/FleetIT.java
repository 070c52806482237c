package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators count of the fleet. */
@QuarkusTest
class FleetIT {
  private final String version = "7." + UUID.randomUUID().toString().substring(0, 8);
  private final String only = "version=" + version;

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void anyTwoFactsAreCountedWithFiltersOnOthers() {
    phone(Map.of("country", "DE"));
    phone(Map.of("country", "DE", "language", "de"));
    phone(Map.of("country", "FR"));

    fleet(only + "&by=country,language")
        .body("items.group.country", contains("DE", "DE", "FR"))
        .body("items.group.language", contains("de", "en", "en"))
        .body("items.devices", contains(1, 1, 1))
        .body("total", equalTo("3"), "devices", equalTo(3), "asOf", notNullValue());
    fleet(only + "&by=country&language=en&kind=phone&channel=stable&timezone=Europe/Berlin")
        .body("items.group", contains(Map.of("country", "DE"), Map.of("country", "FR")));
    fleet(only + "&by=country&sort=-group").body("items.group.country", contains("FR", "DE"));
    fleet(only)
        .body("items[0].group", equalTo(Map.of("product", "router-app-android")))
        .body("items[0].devices", equalTo(3));
    fleet(only + "&country=IS").body("items", empty()).body("devices", equalTo(0));
  }

  @Test
  void whatADeviceChangesIsCountedAtOnce() {
    Api.Registered phone = phone(Map.of("country", "DE"));
    phone(Map.of("country", "DE"));
    phone.as().body(Map.of("country", "IT")).post(phone.path("/check")).then().statusCode(200);
    fleet(only + "&by=country").body("items.group.country", contains("DE", "IT"));

    int revision = phone.as().get(phone.path("")).then().extract().path("revision");
    phone
        .as()
        .body(Map.of("country", "", "revision", revision))
        .patch(phone.path(""))
        .then()
        .statusCode(200);
    fleet(only + "&by=country").body("items.group.country", contains("unknown", "DE"));
    fleet(only + "&by=kind&country=unknown").body("devices", equalTo(1));

    phone.as().delete(phone.path("")).then().statusCode(204);
    fleet(only + "&by=country").body("items.group.country", contains("DE"));
  }

  @Test
  void aProductThatIsGoneIsCountedAsLongAsDevicesHaveIt() throws SQLException {
    String gone = "gone-" + UUID.randomUUID();
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      FleetRows.add(sql, gone, "1.0");
    }
    fleet("product=" + gone + "&by=version").body("items.group.version", contains("1.0"));
    fleet("product=never-was&by=version").body("items", empty());
  }

  @Test
  void pagesHaveEachGroupOnceAndAreForTheirOwnQuery() {
    for (String country : List.of("AT", "BE", "CH", "DE", "ES")) {
      phone(Map.of("country", country));
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      ValidatableResponse page =
          fleet(only + "&by=country,kind&limit=2" + (next.isEmpty() ? "" : "&after=" + next))
              .body("total", equalTo("5"), "devices", equalTo(5));
      seen.addAll(page.extract().path("items.group.country"));
      String following = page.extract().path("next");
      next = following == null ? "" : following;
    } while (!next.isEmpty());
    assertThat(seen).containsExactly("AT", "BE", "CH", "DE", "ES");

    String token = fleet(only + "&by=country,kind&limit=2").extract().path("next");
    for (String other :
        List.of(
            only + "&by=kind,country",
            only + "&by=country,kind&language=en",
            only + "&by=country,kind&sort=-group",
            "by=country,kind")) {
      Api.operator()
          .get("/v1/admin/fleet?" + other + "&after=" + token)
          .then()
          .statusCode(400)
          .body("errors.field", contains("after"));
    }
  }

  @Test
  void aQueryThatMeansNothingIsRefused() {
    for (String bad :
        List.of(
            "by=planet",
            "by=country,country",
            "by=country,kind,language",
            "by=country,",
            "country=ZZ",
            "kind=toaster",
            "language=***",
            "after=x",
            "limit=0",
            "sort=devices")) {
      assertThat(Api.operator().get("/v1/admin/fleet?" + bad).statusCode()).as(bad).isEqualTo(400);
    }
  }

  private Api.Registered phone(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("version", version);
    return Api.register(all);
  }

  private static ValidatableResponse fleet(String query) {
    return Api.operator().get("/v1/admin/fleet?" + query).then().statusCode(200);
  }
}
