package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.HaltPushes;
import io.towncrier.delivery.recall.RecallPushes;
import io.towncrier.delivery.recall.Recalls;
import io.towncrier.devices.AccountStore;
import io.towncrier.devices.PushAddress;
import io.towncrier.platform.Ids;
import io.towncrier.platform.Transactions;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What became useless or nobody's after it was sent is called back, at the address it went to. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class RecallGroundsIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final String product = "app-" + UUID.randomUUID();
  private final List<String> notices = new ArrayList<>();

  @Inject RaceField field;
  @Inject DrainOutbox drain;
  @Inject RecallPushes job;
  @Inject Recalls recalls;
  @Inject HaltPushes halts;
  @Inject AccountStore accounts;
  @Inject Transactions transactions;

  @BeforeEach
  void aProductOfItsOwn() {
    Sql.run("DELETE FROM recall_intent");
    Sql.run("DELETE FROM held_push");
    Sql.run("UPDATE delivery SET recall = NULL WHERE recall = 'WAITING'");
    Api.operator()
        .body(Map.of("id", product, "name", "App", "kind", "app", "defaultLanguage", "en"))
        .post("/v1/admin/products")
        .then()
        .statusCode(201);
  }

  @AfterEach
  void forget() {
    fcm.behaveToRecalls(arrival -> LoopbackFcm.Answer.accepted());
    field.forget(notices);
    Sql.run("DELETE FROM push_account");
  }

  @Test
  void aDeviceThatHasTheVersionIsNotTold() {
    publish();
    Phone phone = phone();
    String notice = send(phone);
    isAbout(notice);

    check(phone, "1.0");
    assertThat(intents()).as("an idle check writes none").isZero();
    SeenStatements seen = SeenStatements.during(() -> check(phone, "2.0"));
    assertThat(seen.callsOf("recall_intent")).as("no statement of its own: %s", seen).isZero();
    assertThat(intents()).isOne();

    recall();
    assertThat(fcm.recallsTo(phone.address())).as("a claim from before may be live").isEmpty();
    theLeaseIsOver();
    recall();
    assertThat(theRecallTo(phone.address()).path("data").toString()).contains(notice);
    assertThat(stateOf(phone.id())).isEqualTo("UNKNOWN updated-meanwhile -");

    check(phone, "2.1");
    theLeaseIsOver();
    recall();
    assertThat(fcm.recallsTo(phone.address())).as("once").hasSize(1);
    assertThat(intents()).isZero();
  }

  @Test
  void aDeviceThatStillNeedsTheVersionIsToldOfIt() {
    publish();
    Phone phone = phone();
    isAbout(send(phone));
    check(phone, "1.1");
    theLeaseIsOver();
    recall();
    assertThat(stateOf(phone.id())).isEqualTo("- - -");
    assertThat(intents()).isZero();
  }

  @Test
  void phonesAreNotToldOfARouterThatHasUpdatedAndWhatIsAboutNoReleaseStays() {
    publish();
    Phone router = phone();
    Phone phone = phone();
    Phone other = phone();
    isAbout(send(phone));
    send(other);
    isAboutRouter(phone, router);
    isAboutRouter(other, router);
    check(router, "2.0");
    theLeaseIsOver();
    recall();
    assertThat(fcm.recallsTo(phone.address())).hasSize(1);
    assertThat(stateOf(phone.id())).isEqualTo("UNKNOWN updated-meanwhile -");
    assertThat(stateOf(other.id())).isEqualTo("- - -");
  }

  @Test
  void whatNobodyHoldsAnyMoreCostsNoIntent() {
    publish();
    Phone phone = phone();
    isAbout(send(phone));
    Sql.run("UPDATE delivery SET held_until = now() WHERE device_id = ?", phone.id());
    check(phone, "2.0");
    assertThat(intents()).isZero();
    Api.as(phone.device().secret()).delete(phone.device().path("")).then().statusCode(204);
    assertThat(keptAddresses()).isZero();
  }

  @Test
  void ofAWithdrawnReleaseEachPushIsCalledBackPageByPage() {
    publish();
    List<Phone> phones = List.of(phone(), phone(), phone());
    String notice = send(phones.toArray(Phone[]::new));
    isAbout(notice);
    steer("/withdraw", 1);
    steer("/publish", 2);
    theLeaseIsOver();
    recall();
    assertThat(phones).allMatch(phone -> stateOf(phone.id()).equals("- - -"));
    assertThat(intents()).as("it was published again").isZero();

    steer("/withdraw", 3);
    theLeaseIsOver();
    Recalls.Intent intent = await(recalls.intents(Duration.ofSeconds(5), 10)).get(0);
    assertThat(intent.kind()).isEqualTo(Recalls.Kind.WITHDRAWN);
    assertThat(await(recalls.expand(intent, 2))).isEqualTo(2);
    assertThat(intents()).isOne();
    recall();
    recall();
    assertThat(phones).allMatch(phone -> stateOf(phone.id()).equals("UNKNOWN withdrawn -"));
    assertThat(phones).allMatch(phone -> fcm.recallsTo(phone.address()).size() == 1);
    assertThat(intents()).isZero();
  }

  @Test
  void aPhoneIsNotToldOfARouterWithWhichItSharesNoAccountAnyMore() {
    List<RaceField.Racer> racers =
        field.register(4, List.of(RaceField.Kind.ACCOUNT_OFF), PushAddress.Kind.TOKEN);
    RaceField.Racer router = racers.get(0);
    RaceField.Racer phone = racers.get(1);
    RaceField.Racer sharing = racers.get(2);
    RaceField.Racer own = racers.get(3);
    link(phone, router);
    link(sharing, router);
    link(sharing, phone);
    link(router, phone);
    link(router, own);
    link(own, router);
    notices.addAll(field.plan(racers, true));
    drain();
    for (RaceField.Racer one : List.of(phone, sharing)) {
      Sql.run(
          "UPDATE delivery SET about_device_id = ? WHERE device_id = ?",
          router.device(),
          one.device());
    }
    // They still share the phone's own account.
    unlink(router, router);
    theLeaseIsOver();
    recall();
    assertThat(stateOf(phone.device())).isEqualTo("- - -");

    unlink(router, phone);
    theLeaseIsOver();
    recall();
    assertThat(theRecallTo(phone.address()).path("android").has("collapse_key")).isFalse();
    assertThat(stateOf(phone.device())).isEqualTo("UNKNOWN unlinked -");
    assertThat(stateOf(sharing.device())).isEqualTo("UNKNOWN unlinked -");
    assertThat(stateOf(own.device())).as("about no router").isEqualTo("- - -");
    assertThat(stateOf(router.device())).isEqualTo("- - -");
  }

  @Test
  void anAccountThatIsCancelledIsToldNothingMoreAtTheAddressThatItHad() {
    RaceField.Racer racer =
        field.register(1, List.of(RaceField.Kind.ACCOUNT_CANCELLED), PushAddress.Kind.TOKEN).get(0);
    notices.addAll(field.plan(List.of(racer), true));
    drain();
    field.forbid(racer);
    assertThat(
            Sql.text("SELECT push_sealed IS NULL FROM device WHERE device.id = ?", racer.device()))
        .isEqualTo("t");
    theLeaseIsOver();
    recall();
    assertThat(theRecallTo(racer.address()).path("android").has("collapse_key")).isFalse();
    assertThat(stateOf(racer.device())).isEqualTo("UNKNOWN account-cancelled -");
  }

  @Test
  void aDeviceThatIsRemovedIsToldNothingMoreAndLeavesNothingAlsoWhilePushesAreHalted() {
    Phone phone = phone();
    send(phone);
    await(halts.halt(false, "a test", "operator"));
    try {
      phone.device().as().delete(phone.device().path("")).then().statusCode(204);
      assertThat(keptAddresses()).isOne();
      fcm.behaveToRecalls(
          arrival -> LoopbackFcm.Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"));
      recall();
      assertThat(keptAddresses()).as("it is tried again").isOne();
      fcm.behaveToRecalls(arrival -> LoopbackFcm.Answer.accepted());
      recall();
      assertThat(fcm.recallsTo(phone.address())).as("later").hasSize(1);
      Sql.run("UPDATE held_push SET recall_at = now()");
      recall();
      recall();
    } finally {
      await(halts.resume("a test", "operator"));
    }
    List<LoopbackFcm.Arrival> arrived = fcm.recallsTo(phone.address());
    assertThat(arrived).hasSize(2);
    assertThat(arrived.get(1).message().path("android").has("collapse_key")).isFalse();
    assertThat(keptAddresses()).isZero();
  }

  @Test
  void phonesAreNotToldOfAReleaseForARouterThatIsRemoved() {
    publish();
    Phone router = phone();
    Phone phone = phone();
    Phone other = phone();
    isAbout(send(phone));
    send(other);
    isAboutRouter(phone, router);
    isAboutRouter(other, router);
    router.device().as().delete(router.device().path("")).then().statusCode(204);
    recall();
    assertThat(stateOf(phone.id())).isEqualTo("UNKNOWN device-removed -");
    assertThat(stateOf(other.id())).isEqualTo("- - -");
  }

  @Test
  void eachAddressThatAPushMayBeHeldForIsAskedAndItIsToldOnce() {
    Phone phone = phone();
    send(phone);
    String next = Ids.next("tok");
    phone.device().pushTo(next);
    Sql.run(
        "UPDATE device SET push_sealed = push_sealed, push_index = sha256('rotated')"
            + " WHERE device.id = ?",
        phone.id());
    assertThat(keptAddresses()).as("a rotation of the keys keeps none").isOne();
    phone
        .device()
        .as()
        .body(Map.of("push", false))
        .put(phone.device().path("/notification-alerts"))
        .then()
        .statusCode(200);
    recall();
    assertThat(theRecallTo(phone.address()).path("android").has("collapse_key")).isFalse();
    assertThat(theRecallTo(next).at("/android/collapse_key").asText()).isEqualTo("announcement");
    assertThat(stateOf(phone.id())).isEqualTo("UNKNOWN opt-out -");
  }

  @Test
  void whatIsStillBeingSentWhenTheAddressChangesIsCalledBackThereToo() {
    Phone phone = phone();
    send(phone);
    Sql.run(
        "UPDATE delivery SET state = 'SENDING', held_until = NULL, lease_until = now(),"
            + " claim_id = 'clm_killed' WHERE device_id = ?",
        phone.id());
    phone.device().as().delete(phone.device().path("/push-address")).then().statusCode(204);
    assertThat(keptAddresses()).isOne();
    assertThat(Sql.text("SELECT max(held_until) <= now() + interval '1 day' FROM held_push"))
        .isEqualTo("t");
  }

  @Test
  void anAddressIsForgottenWhenItsPushIsHeldNoLonger() {
    Phone phone = phone();
    send(phone);
    phone.device().as().delete(phone.device().path("")).then().statusCode(204);
    Sql.run("UPDATE held_push SET held_until = now()");
    recall();
    assertThat(keptAddresses()).isZero();
    assertThat(fcm.recallsTo(phone.address())).isEmpty();
  }

  private Phone phone() {
    Phone phone =
        new Phone(Api.register(Map.of("product", product, "version", "1.0")), Ids.next("tok"));
    phone.device().pushTo(phone.address());
    return phone;
  }

  /** One notice, which FCM takes for each of them. */
  private String send(Phone... phones) {
    List<RaceField.Racer> racers =
        List.of(phones).stream()
            .map(
                phone ->
                    new RaceField.Racer(
                        phone.id(),
                        Optional.empty(),
                        phone.address(),
                        RaceField.Kind.DEVICE_OFF,
                        Ids.next("ntc"),
                        PushAddress.Kind.TOKEN))
            .toList();
    String notice = field.plan(racers, true).get(0);
    notices.add(notice);
    drain();
    assertThat(racers).allMatch(racer -> fcm.to(racer.address()).size() == 1);
    return notice;
  }

  private void isAbout(String notice) {
    Sql.run(
        "UPDATE push_content SET about_product = ?, about_version = '2.0' WHERE notice_id = ?",
        product,
        notice);
  }

  private static void isAboutRouter(Phone phone, Phone router) {
    Sql.run("UPDATE delivery SET about_device_id = ? WHERE device_id = ?", router.id(), phone.id());
  }

  private static void check(Phone phone, String version) {
    phone
        .device()
        .as()
        .body(
            Map.of(
                "version", version, "country", "DE", "timezone", "Europe/Berlin", "language", "en"))
        .post(phone.device().path("/check"))
        .then()
        .statusCode(200);
  }

  private void publish() {
    Api.operator()
        .body(
            Map.of(
                "product",
                product,
                "version",
                "2.0",
                "severity",
                "recommended",
                "publishedAt",
                "2026-01-01T00:00:00Z",
                "notes",
                Map.of("en", Map.of("title", "New", "body", "All of it")),
                "artifacts",
                List.of(
                    Map.of(
                        "name",
                        "a",
                        "url",
                        "https://example.com/a",
                        "size",
                        1,
                        "sha256",
                        "0".repeat(64)))))
        .post("/v1/admin/releases")
        .then()
        .statusCode(201);
    steer("/publish", 0);
  }

  private void steer(String step, int revision) {
    Api.operator()
        .body(Map.of("revision", revision))
        .post("/v1/admin/releases/" + product + ":2.0" + step)
        .then()
        .statusCode(200);
  }

  private static void link(RaceField.Racer device, RaceField.Racer toTheAccountOf) {
    Sql.run(
        "INSERT INTO device_account (device_id, account_id) VALUES (?, ?)",
        device.device(),
        toTheAccountOf.account().orElseThrow());
  }

  private void unlink(RaceField.Racer device, RaceField.Racer fromTheAccountOf) {
    String account = fromTheAccountOf.account().orElseThrow();
    assertThat(await(transactions.inTransaction(() -> accounts.unlink(device.device(), account))))
        .isTrue();
  }

  // Also over is the minute in which an instance may know the catalogue of before.
  private static void theLeaseIsOver() {
    Sql.run("UPDATE recall_intent SET made_at = made_at - interval '2 minutes'");
  }

  private static int intents() {
    return Integer.parseInt(Sql.text("SELECT count(*) FROM recall_intent"));
  }

  private static int keptAddresses() {
    return Integer.parseInt(Sql.text("SELECT count(*) FROM held_push"));
  }

  private JsonNode theRecallTo(String address) {
    List<LoopbackFcm.Arrival> arrived = fcm.recallsTo(address);
    assertThat(arrived).hasSize(1);
    return arrived.get(0).message();
  }

  private static String stateOf(String device) {
    return Sql.text(
        """
        SELECT concat_ws(' ', coalesce(recall, '-'), coalesce(recall_because, '-'),
          coalesce(recall_answer, '-'))
        FROM delivery WHERE device_id = ?
        """,
        device);
  }

  private void drain() {
    run(() -> drain.run(Optional.empty(), () -> true));
  }

  private void recall() {
    run(() -> job.run(() -> true));
  }

  private static <T> void run(Supplier<Uni<T>> work) {
    try {
      VertxContextSupport.subscribeAndAwait(work);
    } catch (Throwable failure) {
      throw new IllegalStateException(failure);
    }
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(30));
  }

  /** A device of the product, and where FCM reaches it. */
  private record Phone(Api.Registered device, String address) {
    String id() {
      return device.id();
    }
  }
}
