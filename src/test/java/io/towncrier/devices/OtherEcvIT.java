package io.towncrier.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.ValidatableResponse;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Somebody registers the identifier of a linked device with another ECV. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class OtherEcvIT {
  private final String identifier = "serial-" + UUID.randomUUID();
  private final String alice = Tokens.user("alice-" + UUID.randomUUID());
  private final String bob = Tokens.user("bob-" + UUID.randomUUID());

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void whatAnAccountSeesIsFoundByAnIndex() {
    assertThat(
            Sql.text(
                "SELECT count(*) FROM pg_indexes"
                    + " WHERE tablename = 'ecv_mismatch' AND indexdef LIKE '%(account_id)'"))
        .isEqualTo("1");
  }

  @Test
  void everyLinkedAccountSeesItAndWhoRegisteredDoesNot() {
    Api.Registered phone = register(identifier, "ecv-1");
    link(phone, alice);
    link(phone, bob);
    register(identifier, "ecv-2");
    Api.Registered third = register(identifier, "ecv-3");
    String mallory = Tokens.user("mallory-" + UUID.randomUUID());
    link(third, mallory);

    for (String user : Set.of(alice, bob)) {
      String lastAt =
          me(user)
              .body("devices", hasSize(1))
              .body("devices[0].otherRegistration.times", equalTo(2))
              .body("devices[0].otherRegistration.meaning", notNullValue())
              .body("devices[0].otherRegistration.advice", notNullValue())
              .extract()
              .path("devices[0].otherRegistration.lastAt");
      assertThat(Duration.between(Instant.parse(lastAt), Instant.now()).abs())
          .isLessThan(Duration.ofMinutes(5));
    }
    me(mallory).body("devices[0].otherRegistration", nullValue());
    // Nothing of the account that is told was changed otherwise.
    phone.as().get(phone.path("")).then().statusCode(200);
  }

  @Test
  void theSameEcvOrNoneOrAnotherIdentifierIsNothingToTell() {
    Api.Registered phone = register(identifier, "ecv-1");
    link(phone, alice);
    register(identifier, "ecv-1");
    register(identifier, null);
    register("serial-" + UUID.randomUUID(), "ecv-2");
    me(alice).body("devices[0].otherRegistration", nullValue());

    Api.Registered without = register("without-" + identifier, null);
    link(without, bob);
    register("without-" + identifier, "ecv-2");
    me(bob).body("devices[0].otherRegistration", nullValue());
  }

  @Test
  void whoIsLinkedAfterwardsIsNotToldOfWhatWasBefore() {
    Api.Registered phone = register(identifier, "ecv-1");
    register(identifier, "ecv-2");
    link(phone, alice);
    me(alice).body("devices[0].otherRegistration", nullValue());
  }

  @Test
  void theAnswerToWhoRegistersIsThatForAnUnknownIdentifier() {
    link(register(identifier, "ecv-1"), alice);
    Map<String, Object> known = registration(identifier);
    assertThat(known.keySet()).isEqualTo(registration("unknown-" + identifier).keySet());
    assertThat(known.values()).doesNotContain(identifier, "ecv-2");
    me(alice).body("devices[0].otherRegistration.times", equalTo(1));
  }

  @Test
  void itIsInTheExportAndGoesWithTheLink() {
    Api.Registered phone = register(identifier, "ecv-1");
    link(phone, alice);
    link(phone, bob);
    register(identifier, "ecv-2");
    Api.as(alice)
        .get("/v1/me/export")
        .then()
        .statusCode(200)
        .body("accounts[0].data.ecv_mismatch", hasSize(1))
        .body("accounts[0].data.ecv_mismatch[0].device_id", equalTo(phone.id()))
        .body("accounts[0].data.ecv_mismatch[0].times", equalTo(1));

    Api.as(alice).delete("/v1/me").then().statusCode(202);
    assertThat(rows(phone)).as("the cancelled account's is gone").isEqualTo("1");
    me(bob).body("devices[0].otherRegistration.times", equalTo(1));
    phone.as().delete(phone.path("")).then().statusCode(204);
    assertThat(rows(phone)).isEqualTo("0");
  }

  private static String rows(Api.Registered phone) {
    return Sql.text("SELECT count(*) FROM ecv_mismatch WHERE device_id = ?", phone.id());
  }

  private static Map<String, Object> registration(String identifier) {
    return Api.anonymous()
        .header("X-Forwarded-For", "198.18.3." + ThreadLocalRandom.current().nextInt(256))
        .body(
            Map.of(
                "kind", "phone",
                "product", "router-app-android",
                "version", "3.0.1",
                "identifier", identifier,
                "ecv", "ecv-2"))
        .post("/v1/devices")
        .then()
        .statusCode(201)
        .extract()
        .jsonPath()
        .getMap("$");
  }

  private static Api.Registered register(String identifier, String ecv) {
    Map<String, String> given = new HashMap<>(Map.of("identifier", identifier));
    if (ecv != null) {
      given.put("ecv", ecv);
    }
    return Api.register(given);
  }

  private static void link(Api.Registered device, String user) {
    Api.as(user)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
  }

  private static ValidatableResponse me(String user) {
    return Api.as(user).get("/v1/me").then().statusCode(200);
  }
}
