package io.towncrier.ddi;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.PhonesDayIT;
import io.towncrier.ddi.Fleet.Router;
import io.towncrier.testing.Api;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Tokens;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How often the calls of DDI and RAUC ask the database, as it counts itself. */
@QuarkusTest
@TestProfile(PhonesDayIT.Quiet.class)
@Tag("zoneless")
class IdlePollIT {
  private Fleet fleet;

  @BeforeEach
  void newFleet() {
    Api.operatorsShow(() -> Tokens.operator("boss"));
    fleet = new Fleet();
  }

  @AfterEach
  void asBefore() {
    Api.operatorsShow(() -> io.towncrier.testing.TestPostgres.OPERATOR_TOKEN);
  }

  @Test
  void anIdlePollReadsOneRowAndWritesNothing() {
    Router router = fleet.running("1.0");
    router.poll().then().statusCode(200);

    SeenStatements seen = SeenStatements.during(() -> router.poll().then().statusCode(200));

    assertThat(seen.calls()).hasSize(1);
    assertThat(seen.statements()).isEqualTo(1);
    assertThat(seen.transactions()).isZero();
    assertThat(seen.rows()).isEqualTo(1);
    assertThat(seen.calls().keySet().iterator().next()).startsWith("SELECT");
  }

  @Test
  void aPollOfWhoIsOfferedSomethingReadsItsActionsAndWritesNothing() {
    fleet.publish("2.0");
    Router router = fleet.running("1.0");
    router.action();

    SeenStatements seen = SeenStatements.during(router::action);

    assertThat(seen.statements()).isEqualTo(2);
    assertThat(seen.transactions()).isZero();
  }

  @Test
  void anUnknownTokenCostsOneStatement() {
    SeenStatements seen =
        SeenStatements.during(
            () -> new Router("nobody", "TargetToken x").poll().then().statusCode(401));

    assertThat(seen.statements()).isEqualTo(1);
  }

  @Test
  void raucsPollingAsksTheDatabaseOnlyWithACredential() {
    fleet.publish("2.0");
    Api.Registered device =
        Api.register(Map.of("kind", "router", "product", fleet.product, "version", "1.0"));
    String anonymous = "/v1/products/" + fleet.product + "/rauc?version=1.0";
    poll(anonymous);
    device.as().redirects().follow(false).header("RAUC-Boot-ID", "b").get(device.path("/rauc"));

    assertThat(SeenStatements.during(() -> poll(anonymous)).statements()).isZero();
    assertThat(
            SeenStatements.during(
                    () ->
                        device
                            .as()
                            .redirects()
                            .follow(false)
                            .header("RAUC-Boot-ID", "b")
                            .get(device.path("/rauc"))
                            .then()
                            .statusCode(302))
                .statements())
        .isEqualTo(1);
  }

  private static void poll(String path) {
    given().redirects().follow(false).get(path).then().statusCode(302);
  }
}
