package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.privacy.processors.EraseAtProcessors;
import io.towncrier.testing.Api;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TablesHold;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The canary scan with a handful of people; bench/canary has thousands, and the raw files. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class CanaryIT {
  @Inject EraseDue erase;
  @Inject EraseAtProcessors atProcessors;

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
  }

  @Test
  void nothingThatIsHiddenIsInAnyTableAndAfterTheErasureNothingAtAll() {
    CanaryField field = CanaryField.planted();
    List<CanaryField.Person> people = field.use(3);
    assertThat(TablesHold.thisText(field.hidden())).isEmpty();
    assertThat(TablesHold.thisText(field.gone())).contains("device");
    for (CanaryField.Person person : people) {
      // Derived anew for each message, and kept nowhere.
      Response given = person.phone().as().post(person.phone().path("/message-key"));
      assertThat(TablesHold.thisText(given.path("messageKey"))).isEmpty();
    }
    field.erase(people, erase, atProcessors);
    assertThat(TablesHold.thisText(field.hidden())).isEmpty();
    assertThat(TablesHold.thisText(field.gone())).isEmpty();
    for (CanaryField.Person person : people) {
      assertThat(TablesHold.thisText(person.account())).isEmpty();
      // Challenges are counted for an hour, so that who removes a device begins no new one.
      assertThat(TablesHold.thisText(person.phone().id())).isSubsetOf("challenge_sent");
    }
  }

  @Test
  void aCanaryThatIsPlantedIsFoundInEveryForm() {
    String canary = CanaryField.planted().hidden();
    byte[] bytes = ("before" + canary + "behind").getBytes(StandardCharsets.UTF_8);
    for (String form :
        List.of(
            canary,
            HexFormat.of().formatHex(bytes),
            Base64.getEncoder().encodeToString(bytes),
            Base64.getEncoder()
                .encodeToString(("x" + canary + "yz").getBytes(StandardCharsets.UTF_8)),
            Base64.getEncoder().encodeToString(("xx" + canary).getBytes(StandardCharsets.UTF_8)))) {
      Sql.run("CREATE TABLE planted (text text, bytes bytea)");
      try {
        Sql.run("INSERT INTO planted (text) VALUES (?)", form);
        assertThat(TablesHold.thisText(canary)).containsExactly("planted");
        Sql.run("DELETE FROM planted");
        Sql.run("INSERT INTO planted (bytes) VALUES (convert_to(?, 'UTF8'))", canary);
        assertThat(TablesHold.thisText(canary)).containsExactly("planted");
      } finally {
        Sql.run("DROP TABLE planted");
      }
    }
  }
}
