package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.testing.Api;
import io.towncrier.testing.PlannedNotices;
import io.towncrier.testing.SeenStatements;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The connections as functions have them: nothing is prepared, and each statement sent whole. */
@QuarkusTest
@TestProfile(BehindPoolerIT.AsFunctions.class)
@Tag("zoneless")
class BehindPoolerIT {
  /** The settings of the Lambda package. */
  public static final class AsFunctions implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.scheduler.enabled", "false",
          "quarkus.datasource.reactive.max-size", "2",
          "quarkus.datasource.reactive.cache-prepared-statements", "false",
          "quarkus.datasource.reactive.postgresql.use-layer7-proxy", "true",
          "towncrier.devices.gather-seen", "false");
    }
  }

  @Inject Database database;

  @Test
  void statementsTakeTheirParametersEachTimeAnew() throws Throwable {
    for (long i = 0; i < 50; i++) {
      long number = i;
      List<String> texts =
          VertxContextSupport.subscribeAndAwait(
              () ->
                  database.rowsAlone(
                      "SELECT $1::bigint + 1 AS next, $2::text AS suffix",
                      row -> row.number("next") + row.text("suffix"),
                      number,
                      "-" + number));
      assertThat(texts).containsExactly((number + 1) + "-" + number);
    }
  }

  @Test
  void aPhonesDayIsOneStatementACallInATransactionHere() {
    Api.importSample();
    Api.Registered phone = Api.phone("en");
    PlannedNotices.add(phone.id());
    for (int i = 0; i < 3; i++) {
      SeenStatements seen =
          SeenStatements.during(
              () -> {
                phone.as().body("{}").post(phone.path("/check")).then().statusCode(200);
                phone.as().get(phone.path("/notices")).then().statusCode(200);
                phone.as().get(phone.path("/notification-alerts")).then().statusCode(200);
                phone.as().get(phone.path("")).then().statusCode(200);
              });
      assertThat(seen.statements()).as(seen.toString()).isEqualTo(4);
      assertThat(seen.transactions()).as(seen.toString()).isEqualTo(4);
    }
    phone
        .as()
        .body("{\"push\":false}")
        .put(phone.path("/notification-alerts"))
        .then()
        .statusCode(200);
  }
}
