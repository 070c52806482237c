package io.towncrier.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsInAnyOrder;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.Accounts;
import io.towncrier.platform.Secret;
import io.towncrier.testing.Api;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How operators find devices. */
@QuarkusTest
class DeviceListIT {
  private static final Duration SOON = Duration.ofSeconds(15);
  private static final String OF_APP = "product=router-app-android";

  // The plus goes over as it is.
  private final String version = "6.0+" + UUID.randomUUID().toString().substring(0, 8);
  private final String only = OF_APP + "&version=" + version;
  private final Accounts accounts;
  private final AccountStore links;

  DeviceListIT(Accounts accounts, AccountStore links) {
    this.accounts = accounts;
    this.links = links;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @Test
  void devicesAreFoundByWhatTheyReport() throws SQLException {
    Api.Registered german = phone(Map.of("country", "DE"));
    Api.Registered french = phone(Map.of("country", "FR"));
    Api.Registered somewhere = phone(Map.of("country", ""));
    run("UPDATE device SET last_seen_on = DATE '2020-02-03' WHERE id = '" + french.id() + "'");

    list(only).body("items.id", containsInAnyOrder(german.id(), french.id(), somewhere.id()));
    list(only + "&country=DE").body("items.id", contains(german.id()));
    list(only + "&country=unknown").body("items.id", contains(somewhere.id()));
    list(only + "&seenBefore=2020-02-04").body("items.id", contains(french.id()));
    list(only + "&seenBefore=2020-02-03").body("items", empty());
    list("country=FR&seenFrom=2020-02-03&seenBefore=2020-02-04")
        .body("items.id", contains(french.id()));
    list("product=never-was").body("items", empty()).body("total", equalTo("0"));
  }

  @Test
  void aDeviceIsShownWithoutWhatNamesOrReachesSomebody() {
    String identifier = "SN-" + UUID.randomUUID();
    Api.Registered phone = phone(Map.of("identifier", identifier, "cohort", "c-secretish"));

    Map<String, Object> shown =
        Api.operator()
            .get("/v1/admin/devices/" + phone.id())
            .then()
            .statusCode(200)
            .body("lastSeen", equalTo(LocalDate.now(Clock.systemUTC()).toString()))
            .extract()
            .path("$");

    assertThat(shown)
        .containsOnlyKeys(
            "id",
            "kind",
            "product",
            "version",
            "country",
            "timezone",
            "language",
            "channel",
            "linked",
            "pushAddress",
            "revoked",
            "registeredAt",
            "lastSeen",
            "personal");
    assertThat(shown.toString()).doesNotContain(identifier, "secretish");
    for (String nobody : List.of("dev_00000000000000000000000000", "x%00y", "find")) {
      Api.operator().get("/v1/admin/devices/" + nobody).then().statusCode(404);
    }
  }

  @Test
  void theIdentifierThatACustomerReadsOutFindsTheDeviceTheNewestFirst() {
    String identifier = "SN-" + UUID.randomUUID();
    Api.Registered first = phone(Map.of("identifier", identifier));
    Api.Registered again = phone(Map.of("identifier", identifier));
    phone(Map.of("identifier", identifier + "0"));

    find(Map.of("identifier", identifier))
        .statusCode(200)
        .body("devices.id", contains(again.id(), first.id()));
    find(Map.of("identifier", "SN-nobody")).statusCode(200).body("devices", empty());
    find(Map.of()).statusCode(400).body("errors.field", contains("identifier"));
  }

  @Test
  void theDevicesOfAnAccountAreFoundAndTheAccountIsNotShown() {
    Api.Registered phone = phone(Map.of());
    phone(Map.of());
    String account = accounts.of(new Secret("listed-" + UUID.randomUUID())).await().atMost(SOON);
    links.link(phone.id(), account, LocalDate.of(2026, 5, 1)).await().atMost(SOON);

    String answer =
        list("account=" + account)
            .body("items.id", contains(phone.id()))
            .body("items.linked", contains(true))
            .extract()
            .asString();
    assertThat(answer).doesNotContain(account);
  }

  @Test
  void pagesHaveEachDeviceOnceAndAreForTheirOwnQuery() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.add(phone(Map.of()).id());
    }
    List<String> seen = new ArrayList<>();
    String next = "";
    do {
      ValidatableResponse page =
          list(only + "&limit=2" + (next.isEmpty() ? "" : "&after=" + next))
              .body("total", equalTo("5"));
      seen.addAll(page.extract().path("items.id"));
      String following = page.extract().path("next");
      next = following == null ? "" : following;
    } while (!next.isEmpty());
    assertThat(seen).containsExactlyElementsOf(ids.stream().sorted().toList());

    String token = list(only + "&limit=2").extract().path("next");
    for (String other : List.of(only + "&country=DE", OF_APP, only + "&sort=-id", "country=DE")) {
      Api.operator()
          .get("/v1/admin/devices?" + other + "&after=" + token)
          .then()
          .statusCode(400)
          .body("errors.field", contains("after"));
    }
  }

  @Test
  void aQueryThatMeansNothingIsRefused() {
    for (String bad :
        List.of(
            "version=1.0",
            "country=ZZ",
            "account=dev_1",
            "seenFrom=yesterday",
            "seenBefore=2026-13-01",
            "seenBefore=-999999999-01-01",
            "after=dev_00000000000000000000000000",
            "limit=501",
            "sort=lastSeen",
            "id=x")) {
      assertThat(Api.operator().get("/v1/admin/devices?" + bad).statusCode())
          .as(bad)
          .isEqualTo(400);
    }
  }

  private Api.Registered phone(Map<String, String> given) {
    Map<String, String> all = new HashMap<>(given);
    all.put("version", version);
    return Api.register(all);
  }

  private static ValidatableResponse list(String query) {
    return Api.operator()
        .urlEncodingEnabled(false)
        .get("/v1/admin/devices?" + query)
        .then()
        .statusCode(200);
  }

  private static ValidatableResponse find(Map<String, ?> body) {
    return Api.operator().body(body).post("/v1/admin/devices/find").then();
  }

  private static void run(String statement) throws SQLException {
    try (Connection connection = FleetRows.connect();
        Statement sql = connection.createStatement()) {
      sql.execute(statement);
    }
  }
}
