package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.towncrier.platform.Ids;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Configured;
import io.towncrier.testing.LoopbackFcm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An echo that is stored while a push to the address before is still on its way. */
@QuarkusTest
@TestProfile(Configured.class)
@Tag("zoneless")
class RepeatedEchoIT {
  private static final Duration SOON = Duration.ofSeconds(10);

  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String held = Ids.next("chl");
  private final Database database;
  private int sources = 40;

  RepeatedEchoIT(Database database) {
    this.database = database;
  }

  @BeforeEach
  void importSample() {
    Api.importSample();
  }

  @AfterEach
  void nothingIsOnItsWayAnyMore() {
    release();
  }

  @Test
  void theSameEchoWaitsAgainForTheDeviceThatLostTheAddress() {
    String address = "tok-" + UUID.randomUUID();
    Api.Registered owner = Api.phone("en");
    Api.Registered claimant = Api.phone("en");
    propose(owner, address);
    owner.echo(newest(address)).then().statusCode(204);
    propose(claimant, address);
    String challenge = newest(address);

    onItsWayTo(owner);
    notYet(claimant.echo(challenge));
    notYet(claimant.echo(challenge));
    shows(owner, false);
    shows(claimant, true);
    release();
    claimant.echo(challenge).then().statusCode(204);
    claimant.echo(challenge).then().statusCode(204);
  }

  @Test
  void itWaitsForItsOwnDeviceTooAndIsWorthNothingOnceTheAddressIsRemoved() {
    String address = "tok-" + UUID.randomUUID();
    Api.Registered phone = Api.phone("en");
    propose(phone, address);
    onItsWayTo(phone);
    notYet(phone.echo(newest(address)));
    release();
    phone.echo(newest(address)).then().statusCode(204);

    phone.as().delete(phone.path("/push-address")).then().statusCode(204);
    phone.echo(newest(address)).then().statusCode(409).body("code", equalTo("nothing-to-prove"));
    shows(phone, false);
  }

  /** As if a process that stands still pushed to it. */
  private void onItsWayTo(Api.Registered phone) {
    update(
        """
        INSERT INTO push_proof (id, device_id, provider, kind, sealed, address_index,
          challenge_index, expires_at, tries_left, lease_until)
        VALUES ($1, $2, 'fcm', 'TOKEN', '', '', '', now() + interval '1 day', 0,
          now() + interval '10 minutes')
        """,
        held,
        phone.id());
  }

  private void release() {
    update("DELETE FROM push_proof WHERE push_proof.id = $1", held);
  }

  private void update(String sql, Object... parameters) {
    database.update(sql, parameters).await().atMost(SOON);
  }

  // Each from a source of its own, as the limit of one is small here.
  private void propose(Api.Registered phone, String address) {
    sources++;
    phone
        .as()
        .header("X-Forwarded-For", "203.0.113." + sources)
        .body(Map.of("provider", "fcm", "kind", "token", "value", address))
        .put(phone.path("/push-address"))
        .then()
        .statusCode(202);
  }

  private String newest(String address) {
    List<String> challenges = fcm.challengesTo(address);
    return challenges.get(challenges.size() - 1);
  }

  private static void notYet(Response answer) {
    answer.then().statusCode(503).body("code", equalTo("not-yet-effective"));
    assertThat(answer.header("Retry-After")).isNotNull();
  }

  private static void shows(Api.Registered phone, boolean address) {
    phone.as().get(phone.path("")).then().body("pushAddress", equalTo(address));
  }
}
