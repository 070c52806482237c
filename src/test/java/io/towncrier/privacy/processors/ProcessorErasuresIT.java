package io.towncrier.privacy.processors;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.devices.PushAddress;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackInstallations;
import io.towncrier.testing.Management;
import io.towncrier.testing.Sql;
import io.towncrier.testing.Tokens;
import io.towncrier.testing.WithOidc;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who has gone is deleted at the processors, too. */
@QuarkusTest
@TestProfile(WithOidc.class)
@Tag("zoneless")
class ProcessorErasuresIT {
  private static final Duration SOON = Duration.ofSeconds(15);

  @Inject EraseAtProcessors job;
  @Inject @Any Instance<ErasesAtProcessor> adapters;

  private final String installation =
      UUID.randomUUID().toString().replace("-", "").substring(0, 22);
  private final String address = installation + ":APA91b" + UUID.randomUUID();
  private final String alice = Tokens.user("alice-" + UUID.randomUUID());

  @BeforeEach
  void importSample() {
    Api.as(Tokens.operator("olga"))
        .body(Api.sampleCatalogue())
        .post("/v1/admin/catalogue")
        .then()
        .statusCode(200);
    // What other tests have left.
    run();
  }

  @AfterEach
  void confirmAgain() {
    firebase().behaveAgain();
  }

  @Test
  void theInstallationOfADeletedDeviceIsDeletedUntilItIsConfirmed() {
    firebase().behave(id -> Answer.html(503));
    Api.Registered phone = phone();
    phone.as().delete(phone.path("")).then().statusCode(204);
    assertThat(waiting(phone)).isOne();
    assertThat(Sql.text("SELECT count(*) FROM device WHERE id = '" + phone.id() + "'"))
        .isEqualTo("0");
    run();
    assertThat(firebase().deletions()).containsOnlyOnce(installation);
    run();
    assertThat(firebase().deletions()).as("not at once again").containsOnlyOnce(installation);
    assertThat(waiting(phone)).isOne();

    firebase().behaveAgain();
    Sql.run("UPDATE processor_erasure SET next_try_at = now() WHERE device_id = ?", phone.id());
    run();
    assertThat(firebase().deletions()).filteredOn(installation::equals).hasSize(2);
    assertThat(waiting(phone)).isZero();
  }

  @Test
  void whoCancelsIsDeletedThereUnlessSomebodyElseUsesTheDevice() {
    Api.Registered own = phone();
    Api.Registered shared = Api.phone("en");
    shared.pushTo("other" + address);
    String bob = Tokens.user("bob-" + UUID.randomUUID());
    link(own, alice);
    link(shared, alice);
    link(shared, bob);
    Api.as(alice).delete("/v1/me").then().statusCode(202);
    assertThat(waiting(shared)).as("bob gets pushes there").isZero();
    assertThat(waiting(own)).isOne();
    run();
    assertThat(waiting(own)).isZero();
    assertThat(firebase().deletions()).contains(installation);
  }

  @Test
  void anAddressThatWasNeverProvedMayBeSomebodyElsesAndARevokedDeviceAsksForNothing() {
    Api.Registered phone = Api.phone("en");
    phone.propose(address).then().statusCode(202);
    phone.as().delete(phone.path("")).then().statusCode(204);
    assertThat(waiting(phone)).isZero();

    Api.Registered revoked = phone();
    Api.as(Tokens.operator("olga"))
        .post("/v1/admin/devices/" + revoked.id() + "/revoke")
        .then()
        .statusCode(204);
    assertThat(waiting(revoked)).isZero();
    // Nor does somebody who switches pushes off ask for a deletion.
    Api.Registered silent = Api.phone("en");
    silent.pushTo("silent" + address);
    silent.as().delete(silent.path("/push-address")).then().statusCode(204);
    assertThat(waiting(silent)).isZero();
  }

  @Test
  void anAppThatRegisteredAnewWithTheSameAddressKeepsIt() {
    Api.Registered phone = phone();
    phone.as().delete(phone.path("")).then().statusCode(204);
    Api.Registered again = Api.phone("en");
    again.propose(address).then().statusCode(202);
    run();
    assertThat(waiting(phone)).as("it is being proved").isOne();
    again.echo(newestTo(address)).then().statusCode(204);
    Sql.run("UPDATE processor_erasure SET next_try_at = now() WHERE device_id = ?", phone.id());
    run();
    assertThat(waiting(phone)).isZero();
    assertThat(firebase().deletions()).doesNotContain(installation);
  }

  @Test
  void eachAddressIsDeletedAtItsProvider() {
    Api.Registered deleted = phone();
    addFurther(deleted);
    deleted.as().delete(deleted.path("")).then().statusCode(204);
    Api.Registered cancelled = Api.phone("en");
    cancelled.pushTo("cancelled" + address);
    addFurther(cancelled);
    link(cancelled, alice);
    Api.as(alice).delete("/v1/me").then().statusCode(202);
    for (Api.Registered one : List.of(deleted, cancelled)) {
      assertThat(
              Sql.text(
                  "SELECT string_agg(processor, ' ' ORDER BY processor) FROM processor_erasure"
                      + " WHERE device_id = ?",
                  one.id()))
          .isEqualTo("fcm getui");
      assertThat(Sql.text("SELECT count(*) FROM push_address WHERE device_id = ?", one.id()))
          .isEqualTo("0");
      Sql.run("DELETE FROM processor_erasure WHERE device_id = ?", one.id());
    }
  }

  @Test
  void eachProviderHasARuleOfItsOwn() {
    assertThat(adapters.stream().map(ErasesAtProcessor::processor))
        .containsExactlyInAnyOrderElementsOf(PushAddress.PROVIDERS);
  }

  @Test
  void whatIsNotConfirmedForThreeDaysIsSeenInHealth() {
    firebase().behave(id -> Answer.html(500));
    Api.Registered phone = phone();
    phone.as().delete(phone.path("")).then().statusCode(204);
    Sql.run(
        "UPDATE processor_erasure SET asked_at = now() - interval '73 hours' WHERE device_id = ?",
        phone.id());
    run();
    assertThat(job.overdue()).isOne();
    given()
        .get(Management.url("/q/health/ready"))
        .then()
        .body("checks.find { it.name == 'privacy' }.data.state", equalTo("overdue"))
        .body("checks.find { it.name == 'privacy' }.data.overdueAtProcessors", equalTo(1));
    firebase().behaveAgain();
    Sql.run("UPDATE processor_erasure SET next_try_at = now() WHERE device_id = ?", phone.id());
    run();
    assertThat(job.overdue()).isZero();
  }

  @Test
  void anAddressThatNoKeyOpensIsSetAsideAndKeepsNoOther() {
    String gone = "dev_" + UUID.randomUUID();
    Sql.run(
        "INSERT INTO processor_erasure (processor, kind, device_id, push_sealed)"
            + " VALUES ('fcm', 'TOKEN', ?, decode('0201000f423f00', 'hex'))",
        gone);
    Api.Registered phone = phone();
    phone.as().delete(phone.path("")).then().statusCode(204);
    run();
    assertThat(waiting(phone)).isZero();
    assertThat(firebase().deletions()).contains(installation);
    assertThat(job.unreadable()).isOne();
    assertThat(
            Sql.text(
                "SELECT count(*) FROM processor_erasure WHERE closed_since IS NOT NULL"
                    + " AND next_try_at > now() AND device_id = ?",
                gone))
        .isEqualTo("1");
    Sql.run("DELETE FROM processor_erasure WHERE device_id = ?", gone);
    run();
    assertThat(job.unreadable()).isZero();
  }

  private Api.Registered phone() {
    Api.Registered phone = Api.phone("en");
    phone.pushTo(address);
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

  private static String newestTo(String address) {
    List<String> pushed = LoopbackFcm.running().challengesTo(address);
    return pushed.get(pushed.size() - 1);
  }

  private static void link(Api.Registered device, String user) {
    Api.as(user)
        .header("X-Device-Secret", device.secret())
        .put(device.path("/account"))
        .then()
        .statusCode(204);
  }

  private void run() {
    job.run(() -> true).await().atMost(SOON);
  }

  private static int waiting(Api.Registered device) {
    return Integer.parseInt(
        Sql.text("SELECT count(*) FROM processor_erasure WHERE device_id = '" + device.id() + "'"));
  }

  private static LoopbackInstallations firebase() {
    return LoopbackFcm.running().installations();
  }
}
