package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Whatever is the person's by the list of all columns is in the export. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class ExportIT {
  private static final Map<String, String> SEALED =
      Map.of(
          "account.subject_sealed", "subject",
          "erasure.subject_sealed", "subject",
          "device.push_sealed", "push_address",
          "push_address.sealed", "push_address",
          "push_proof.sealed", "push_address");

  @Inject @Any Instance<PersonalDataStore> stores;

  private final String subject = "alice-" + UUID.randomUUID();
  private final String alice = Tokens.user(subject);
  private final String address = "tok-" + UUID.randomUUID();

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void everyTableOfPeopleIsOneStoresAlone() {
    List<String> claimed = stores.stream().flatMap(store -> store.tables().stream()).toList();
    assertThat(claimed).doesNotHaveDuplicates();
    assertThat(new TreeSet<>(claimed)).isEqualTo(Classification.own().tablesOfPeople());
  }

  @Test
  void everyColumnOfThePersonIsInTheExport() throws IOException {
    seed();
    Response answer = Api.as(alice).get("/v1/me/export");
    answer.then().statusCode(200);
    assertThat(answer.header("Content-Disposition")).startsWith("attachment; filename=");
    JsonNode active = account(answer, 0);
    assertThat(missing(active, Set.of("erasure"))).isEmpty();
    assertThat(active.at("/account/0/subject").asText()).isEqualTo(subject);
    assertThat(active.at("/device/0/push_address").asText()).isEqualTo(address);
    assertThat(active.at("/push_address/0/push_address").asText()).isEqualTo(address);
    assertThat(active.at("/notification_alerts_history/0/became/push").asBoolean()).isTrue();
    assertThat(active.toString()).doesNotContain("_index", "sealed\":");

    // A column that is left out is caught.
    ObjectNode device = (ObjectNode) active.at("/device/0");
    device.remove("country");
    assertThat(missing(active, Set.of("erasure"))).containsExactly("device.country");
  }

  @Test
  void anAccountThatIsCancelledIsExportedUntilItIsErased() throws IOException {
    seed();
    Api.as(alice).delete("/v1/me").then().statusCode(202);
    JsonNode restricted = account(Api.as(alice).get("/v1/me/export"), 0);
    assertThat(
            missing(
                restricted,
                Set.of(
                    "account",
                    "device",
                    "device_account",
                    "ecv_mismatch",
                    "push_address",
                    "push_proof",
                    "delivery",
                    "device_outcome")))
        .isEmpty();
    assertThat(restricted.at("/erasure/0/subject").asText()).isEqualTo(subject);
    assertThat(restricted.at("/notification_alerts")).hasSize(1);
    assertThat(restricted.at("/device")).isEmpty();
  }

  @Test
  void ofADeviceThatOthersUseThereIsNoMoreThanInTheListOfDevices() throws IOException {
    Api.Registered phone = seed();
    String bob = Tokens.user("bob-" + UUID.randomUUID());
    link(phone, bob);
    JsonNode ofBob = account(Api.as(bob).get("/v1/me/export"), 0);
    assertThat(ofBob.at("/device")).hasSize(1);
    assertThat(ofBob.toString()).doesNotContain("Berlin", address, "cohort");
    assertThat(ofBob.at("/delivery")).isEmpty();
  }

  @Test
  void somebodyWhoIsNotKnownGetsAnEmptyExportAndNobodyElses() throws IOException {
    seed();
    JsonNode export =
        new ObjectMapper()
            .readTree(
                Api.as(Tokens.user("carol-" + UUID.randomUUID())).get("/v1/me/export").asString());
    assertThat(export.path("accounts")).isEmpty();
  }

  /** A phone of which there is a row in every table. */
  private Api.Registered seed() {
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
    addFurther(phone);
    phone.propose("tok-" + UUID.randomUUID());
    link(phone, alice);
    Api.as(alice)
        .body(Map.of("pushCategories", Map.of("policy", false)))
        .put("/v1/me/notification-alerts")
        .then()
        .statusCode(200);
    phone
        .as()
        .body(Map.of("pushCategories", Map.of("policy", false)))
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
    String notice =
        Api.draft(Api.as(Tokens.operator("olga")), "T", Map.of("languages", Set.of("en")));
    Sql.run(
        """
        INSERT INTO push_content (notice_id, category, default_language, texts, expires_at, settled)
        VALUES (?, 'ANNOUNCEMENT', 'en', '{}', now(), true)
        """,
        notice);
    Sql.run(
        "INSERT INTO delivery (notice_id, device_id, state, due_at, finished_at)"
            + " VALUES (?, ?, 'ACCEPTED', now(), now())",
        notice,
        phone.id());
    Sql.run(
        "INSERT INTO device_outcome (device_id, version, product_id, state, since, heard_at)"
            + " VALUES (?, '3.0.2', 'router-app-android', 'offered', now(), now())",
        phone.id());
    Sql.run(
        "INSERT INTO ecv_mismatch (device_id, account_id, times, last_at)"
            + " SELECT link.device_id, link.account_id, 1, now() FROM device_account AS link"
            + " WHERE link.device_id = ?",
        phone.id());
    Sql.run(
        """
        INSERT INTO consent_answer
          (device_id, notice_id, owner, kind, given, text_version, language, at)
        SELECT link.device_id, ?, link.account_id, 'PUSH', false, '2026-03', 'en', now()
        FROM device_account AS link
        WHERE link.device_id = ?
        """,
        notice,
        phone.id());
    phone
        .as()
        .body(
            Map.of("kind", "push", "withdrawn", false, "textVersion", "2026-03", "language", "de"))
        .put(phone.path("/consents"))
        .then()
        .statusCode(200);
    Api.as(alice)
        .body(
            Map.of(
                "kind", "cross-border",
                "withdrawn", false,
                "textVersion", "2026-03",
                "language", "de",
                "data", "device facts",
                "recipient", "Towncrier China"))
        .put("/v1/me/consents")
        .then()
        .statusCode(200);
    return phone;
  }

  /** Gives it another address, of Getui, behind its first. */
  private static void addFurther(Api.Registered phone) {
    Sql.run(
        """
        INSERT INTO push_address (device_id, provider, preference, kind, sealed, address_index,
          confirmed_on)
        SELECT device.id, 'getui', 2, 'CID', device.push_sealed, sha256(device.push_index),
          device.push_confirmed_on
        FROM device WHERE device.id = ?
        """,
        phone.id());
  }

  private static void link(Api.Registered device, String user) {
    Api.as(user)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
  }

  private static JsonNode account(Response answer, int index) throws IOException {
    return new ObjectMapper().readTree(answer.asString()).path("accounts").get(index).path("data");
  }

  /** The columns that the export must have and has not, of all tables but those without a row. */
  private static List<String> missing(JsonNode data, Set<String> without) {
    List<String> missing = new ArrayList<>();
    Classification list = Classification.own();
    for (String table : list.tablesOfPeople()) {
      if (without.contains(table)) {
        continue;
      }
      assertThat(data.path(table)).as(table).isNotEmpty();
      list.thePersons(table).stream()
          .map(column -> SEALED.getOrDefault(table + "." + column.name(), column.name()))
          .filter(name -> !data.path(table).get(0).has(name))
          .forEach(name -> missing.add(table + "." + name));
    }
    return missing;
  }
}
