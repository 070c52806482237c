package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.HaltPushes;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.recall.RecallPushes;
import io.towncrier.delivery.recall.Recalls;
import io.towncrier.devices.PushAddress;
import io.towncrier.notices.Inbox;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.SeenStatements;
import io.towncrier.testing.Sql;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What was sent before it was forbidden is called back, behind the answer. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("zoneless")
class RecallIT {
  private final LoopbackFcm fcm = LoopbackFcm.running();
  private final LoopbackGetui getui = LoopbackGetui.running();

  @Inject RaceField field;
  @Inject DrainOutbox drain;
  @Inject Claims claims;
  @Inject Outbox outbox;
  @Inject RecallPushes job;
  @Inject Recalls recalls;
  @Inject HaltPushes halts;
  @Inject Inbox inbox;

  private List<String> notices = List.of();

  @BeforeEach
  void forgetWhatOthersForbade() {
    Sql.run("DELETE FROM recall_intent");
    Sql.run("DELETE FROM held_push");
    Sql.run("UPDATE delivery SET recall = NULL WHERE recall = 'WAITING'");
  }

  @AfterEach
  void forget() {
    fcm.behave(arrival -> Answer.accepted());
    fcm.behaveToRecalls(arrival -> Answer.accepted());
    getui.behave();
    field.forget(notices);
    Sql.run("DELETE FROM push_account");
  }

  @Test
  void anOptOutTakesThePlaceOfWhatFcmHoldsAndIsTold() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    SeenStatements seen = SeenStatements.during(() -> field.forbid(racer));
    assertThat(seen.callsOf("recall_intent")).as("%s", seen).isOne();
    assertThat(seen.callsOf("waiting.device_id")).as("no statement of its own").isOne();
    assertThat(fcm.recallsTo(racer.address())).as("behind the answer").isEmpty();

    recall();
    JsonNode message = theRecallTo(racer);
    assertThat(message.path("data").toString()).contains("\"noticeId\":\"" + notices.get(0) + "\"");
    assertThat(message.has("notification")).isFalse();
    assertThat(message.at("/android/collapse_key").asText()).isEqualTo("announcement");
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN opt-out -");
    assertThat(Sql.text("SELECT count(*) FROM recall_intent")).isEqualTo("0");

    field.forbid(racer);
    recall();
    assertThat(fcm.recallsTo(racer.address())).as("once").hasSize(1);
    assertThat(fcm.to(racer.address())).hasSize(1);
    String notice = "/v1/admin/notices/" + notices.get(0);
    Api.operator()
        .get(notice + "/devices/" + racer.device())
        .then()
        .statusCode(200)
        .body("delivery.recall", equalTo("recall-unknown"))
        .body("delivery.recallBecause", equalTo("opt-out"));
    Api.operator()
        .get(notice)
        .then()
        .statusCode(200)
        .body("deliveries.recalls", equalTo(Map.of("recall-unknown", 1)));
  }

  @Test
  void theAccountsOptOutReachesItsDevicesAlsoWhilePushesAreHalted() {
    RaceField.Racer racer = sent(RaceField.Kind.ACCOUNT_OFF, PushAddress.Kind.TOKEN);
    field.forbid(racer);
    await(halts.halt(false, "a test", "operator"));
    try {
      recall();
      assertThat(fcm.recallsTo(racer.address())).hasSize(1);
    } finally {
      await(halts.resume("a test", "operator"));
    }
  }

  @Test
  void whatWasSwitchedOnAgainIsLeftAlone() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    field.forbid(racer);
    Sql.run("UPDATE notification_alerts SET categories_off = '{}' WHERE owner = ?", racer.device());
    recall();
    assertThat(fcm.recallsTo(racer.address())).isEmpty();
    assertThat(stateOf(racer)).isEqualTo("- - -");
    assertThat(Sql.text("SELECT count(*) FROM recall_intent")).isEqualTo("0");
  }

  @Test
  void aCancelledNoticeIsCalledBackWithoutAKeyThatAnotherMayStandUnder() {
    RaceField.Racer racer = sent(RaceField.Kind.NOTICE_CANCELLED, PushAddress.Kind.TOKEN);
    field.forbid(racer);
    recall();
    JsonNode message = theRecallTo(racer);
    assertThat(message.path("data").toString()).contains("\"noticeId\":\"" + racer.own() + "\"");
    assertThat(message.path("android").has("collapse_key")).isFalse();
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN notice-cancelled -");
    assertThat(Sql.text("SELECT count(*) FROM recall_intent")).isEqualTo("0");
  }

  @Test
  void whatWasReadOnOnePhoneIsCalledBackFromTheOthersOfItsAccount() {
    List<RaceField.Racer> two = field.register(2, List.of(RaceField.Kind.ACCOUNT_OFF));
    RaceField.Racer reader = two.get(0);
    RaceField.Racer other = two.get(1);
    Sql.run(
        "INSERT INTO device_account (device_id, account_id) VALUES (?, ?)",
        other.device(),
        reader.account().orElseThrow());
    notices = field.plan(two, true);
    drain();
    for (int times = 0; times < 2; times++) {
      await(inbox.markRead(reader.device(), notices.get(0), InstantSource.system().instant()));
      recall();
    }
    assertThat(fcm.recallsTo(reader.address())).isEmpty();
    assertThat(theRecallTo(other).path("android").has("collapse_key")).isFalse();
    assertThat(stateOf(other)).isEqualTo("UNKNOWN read -");
    assertThat(stateOf(reader)).isEqualTo("- - -");
  }

  @Test
  void whatIsOnItsWayIsCalledBackWhenItHasArrived() throws Exception {
    RaceField.Racer racer = planned(RaceField.Kind.DEVICE_OFF, PushAddress.Kind.TOKEN);
    Claims.Claim claim = claim();
    CompletableFuture<?> answer = CompletableFuture.supplyAsync(() -> field.forbid(racer));
    Await.unanswered(answer, () -> Api.operator().get("/v1/admin/status"));
    recall();
    assertThat(fcm.recallsTo(racer.address())).isEmpty();
    Outbox.Result accepted =
        new Outbox.Result(
                claim.id(),
                claim.toSend().get(0).due(),
                Outbox.State.ACCEPTED,
                Optional.empty(),
                Optional.empty(),
                Optional.of("sent"),
                true)
            .heldFor(Duration.ofHours(1));
    await(outbox.recordResults(List.of(accepted)));
    answer.get(5, TimeUnit.SECONDS);
    recall();
    assertThat(fcm.recallsTo(racer.address())).hasSize(1);
  }

  @Test
  void whatAKilledSenderMayHaveWrittenIsCalledBackToo() {
    RaceField.Racer racer = planned(RaceField.Kind.DEVICE_OFF, PushAddress.Kind.TOKEN);
    claim();
    Sql.run(
        "UPDATE delivery SET lease_until = now() - interval '1 s', due_at = now()"
            + " WHERE device_id = ?",
        racer.device());
    field.forbid(racer);
    drain();
    recall();
    assertThat(fcm.recallsTo(racer.address())).hasSize(1);
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN opt-out -");
  }

  @Test
  void whatMayHaveBeenTakenAlthoughItFailedIsCalledBackAndWhatWasNotSentIsNot() {
    RaceField.Racer unknown = planned(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    fcm.behave(arrival -> Answer.html(503));
    drain();
    field.forbid(unknown);
    recall();
    assertThat(fcm.recallsTo(unknown.address())).hasSize(1);

    field.forget(notices);
    RaceField.Racer refused = planned(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    fcm.behave(arrival -> Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"));
    drain();
    field.forbid(refused);
    recall();
    assertThat(fcm.recallsTo(refused.address())).isEmpty();
    assertThat(stateOf(refused)).isEqualTo("- - -");
  }

  @Test
  void aProcessThatDiesBetweenTakingAndSendingLosesNothing() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    field.forbid(racer);
    for (Recalls.Intent intent : await(recalls.intents(Duration.ofSeconds(5), 10))) {
      await(recalls.expand(intent, 10));
    }
    assertThat(await(recalls.take(10, Duration.ofMinutes(1), List.of())))
        .containsExactly(new Recalls.Taken(notices.get(0), racer.device()));
    recall();
    assertThat(fcm.recallsTo(racer.address())).as("it belongs to the one that died").isEmpty();
    Sql.run("UPDATE delivery SET recall_at = now() WHERE device_id = ?", racer.device());
    recall();
    recall();
    assertThat(fcm.recallsTo(racer.address())).hasSize(1);
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN opt-out -");
  }

  @Test
  void oneThatIsToBeTriedLaterIsNotTriedWithAnotherPushOfItsDevice() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.CID);
    String later = notices.get(0);
    String due = field.plan(List.of(racer), true).get(0);
    notices = List.of(later, due);
    drain();
    field.forbid(racer);
    for (Recalls.Intent intent : await(recalls.intents(Duration.ofSeconds(5), 10))) {
      await(recalls.expand(intent, 10));
    }
    Sql.run(
        "UPDATE delivery SET recall_at = now() + interval '1 hour' WHERE notice_id = ?"
            + " AND recall = 'WAITING'",
        later);
    recall();
    assertThat(getui.revokedAt(racer.address())).containsExactly(taskOf(due));
    assertThat(Sql.text("SELECT recall FROM delivery WHERE notice_id = ?", later))
        .isEqualTo("WAITING");
    Sql.run("UPDATE delivery SET recall_at = now() WHERE notice_id = ?", later);
    recall();
    assertThat(getui.revokedAt(racer.address())).containsExactly(taskOf(due), taskOf(later));
    assertThat(Sql.text("SELECT recall FROM delivery WHERE notice_id = ?", later))
        .isEqualTo("UNKNOWN");
  }

  private static String taskOf(String notice) {
    return Sql.text("SELECT accepted_as FROM delivery WHERE notice_id = ?", notice);
  }

  @Test
  void aRefusedRecallIsTriedAgainUntilTheTimeToLiveIsOver() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    fcm.behaveToRecalls(arrival -> Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED"));
    field.forbid(racer);
    recall();
    assertThat(stateOf(racer)).isEqualTo("WAITING opt-out QUOTA_EXCEEDED");
    Sql.run(
        "UPDATE delivery SET recall_at = now(), held_until = now() WHERE device_id = ?",
        racer.device());
    recall();
    assertThat(stateOf(racer)).isEqualTo("COULD_NOT opt-out ttl-over");
    assertThat(fcm.recallsTo(racer.address())).hasSize(1);
  }

  @Test
  void whatNobodyHoldsAnyMoreIsNotCalledBack() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    Sql.run("UPDATE delivery SET held_until = now() WHERE device_id = ?", racer.device());
    field.forbid(racer);
    recall();
    assertThat(fcm.recallsTo(racer.address())).isEmpty();
    assertThat(stateOf(racer)).isEqualTo("- - -");
  }

  @Test
  void whatWentToAnAddressOfBeforeIsCalledBackThereAlsoWhenTheNewOneIsOfAnotherProvider() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.TOKEN);
    field.forbid(racer);
    field.moveTo(racer.device(), "cid" + racer.device(), PushAddress.Kind.CID);
    recall();
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN opt-out -");
    // It may be another device's now, and hold a notice for that one under the same key.
    assertThat(theRecallTo(racer).path("android").has("collapse_key")).isFalse();
  }

  @Test
  void getuiRevokesTheTask() {
    RaceField.Racer racer = sent(RaceField.Kind.CATEGORY_OFF, PushAddress.Kind.CID);
    String task = Sql.text("SELECT accepted_as FROM delivery WHERE device_id = ?", racer.device());
    field.forbid(racer);
    recall();
    assertThat(getui.revokedAt(racer.address())).containsExactly(task);
    assertThat(getui.violations()).isEmpty();
    assertThat(getui.to(racer.address())).hasSize(1);
    assertThat(stateOf(racer)).isEqualTo("UNKNOWN opt-out -");
  }

  private RaceField.Racer sent(RaceField.Kind kind, PushAddress.Kind address) {
    RaceField.Racer racer = planned(kind, address);
    drain();
    assertThat(Sql.text("SELECT state FROM delivery WHERE device_id = ?", racer.device()))
        .isEqualTo("ACCEPTED");
    return racer;
  }

  private RaceField.Racer planned(RaceField.Kind kind, PushAddress.Kind address) {
    RaceField.Racer racer = field.register(1, List.of(kind), address).get(0);
    notices = field.plan(List.of(racer), true);
    return racer;
  }

  private Claims.Claim claim() {
    Claims.Claim claim =
        await(
            claims.next(
                Routes.with(new AccountId("test", "1")), Optional.of(notices.get(0)), Turns.of(1)));
    assertThat(claim.toSend()).hasSize(1);
    return claim;
  }

  private JsonNode theRecallTo(RaceField.Racer racer) {
    List<LoopbackFcm.Arrival> arrived = fcm.recallsTo(racer.address());
    assertThat(arrived).hasSize(1);
    return arrived.get(0).message();
  }

  private static String stateOf(RaceField.Racer racer) {
    return Sql.text(
        """
        SELECT concat_ws(' ', coalesce(recall, '-'), coalesce(recall_because, '-'),
          coalesce(recall_answer, '-'))
        FROM delivery WHERE device_id = ?
        """,
        racer.device());
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
}
