package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.PushProviders;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.devices.address.ChallengePusher;
import io.towncrier.platform.Secret;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.Sql;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the provider's answers do to those that are still to be sent. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
class PacedPushIT {
  private static final List<RaceField.Kind> ANY = List.of(RaceField.Kind.DEVICE_OFF);

  private final LoopbackFcm fcm = LoopbackFcm.running();

  @Inject RaceField field;
  @Inject Outbox outbox;
  @Inject Claims claims;
  @Inject Pace pace;
  @Inject PushAccounts accounts;
  @Inject Transactions transactions;
  @Inject DeliveryConfig config;
  @Inject ChallengePusher challenges;
  @Inject DrainOutbox drain;
  @Inject PushProviders providers;
  @Inject Database database;

  private List<String> notices = List.of();

  @BeforeEach
  @AfterEach
  void forgetTheAccount() {
    fcm.behave(arrival -> Answer.accepted());
    fcm.behaveToChallenges(arrival -> Answer.accepted());
    run("DELETE FROM push_account");
    field.forget(notices);
  }

  @Test
  void refusedCredentialsStopPushesAndAreTold() {
    List<RaceField.Racer> racers = plan(100);
    fcm.behave(
        arrival -> new Answer(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", Map.of()));
    drain();
    // What was under way before the first answer was written, and nothing after it.
    long arrived = arrived(racers);
    assertThat(arrived).isBetween(1L, 99L);
    drain();
    assertThat(arrived(racers)).isEqualTo(arrived);
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'push' }.data.state", equalTo("degraded"))
        .body("checks.find { it.name == 'push' }.data.because", equalTo("PERMISSION_DENIED"));
    Api.operator()
        .get("/v1/admin/notices/" + notices.get(0))
        .then()
        .statusCode(200)
        .body("deliveries.waitsBecause", equalTo("PERMISSION_DENIED"))
        .body("deliveries.secondsLeft", greaterThan(30));
    assertThat(states()).isEqualTo(Map.of("PENDING", 100L));

    fcm.behave(arrival -> Answer.accepted());
    run("UPDATE push_breaker SET open_until = now()");
    run("UPDATE delivery SET due_at = now() WHERE notice_id = '" + notices.get(0) + "'");
    drain();
    // One was tried; then the others.
    assertThat(arrived(racers)).isEqualTo(arrived + 1);
    drain();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 100L));
  }

  @Test
  void aProbeIsNotUsedUpByDeliveriesThatMustNotGoOut() {
    List<RaceField.Racer> racers = plan(10);
    fcm.behave(
        arrival -> new Answer(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", Map.of()));
    drain();
    fcm.behave(arrival -> Answer.accepted());
    for (RaceField.Racer racer : racers.subList(0, 8)) {
      run("UPDATE notification_alerts SET push = false WHERE owner = '" + racer.device() + "'");
    }
    run("UPDATE push_breaker SET open_until = now()");
    run(
        "UPDATE delivery SET due_at = now() - (state = 'PENDING' AND device_id IN ("
            + racers.subList(0, 8).stream()
                .map(racer -> "'" + racer.device() + "'")
                .collect(Collectors.joining(", "))
            + "))::int * interval '1 minute' WHERE notice_id = '"
            + notices.get(0)
            + "'");
    long before = arrived(racers);
    drain();
    assertThat(arrived(racers)).isEqualTo(before + 1);
    assertThat(states()).containsEntry("SUPPRESSED", 8L);
  }

  @Test
  void aPlatformThatIsRefusedWaitsAndTheOthersDoNot() {
    List<RaceField.Racer> racers = plan(120);
    Set<String> refused = new HashSet<>();
    for (RaceField.Racer racer : racers.subList(0, 80)) {
      run("UPDATE device SET product_id = 'ios' WHERE id = '" + racer.device() + "'");
      refused.add(racer.address());
    }
    fcm.behave(
        arrival ->
            refused.contains(arrival.address())
                ? Answer.error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR")
                : Answer.accepted());
    // A look that finds the account held by another one comes again.
    Map<String, Long> others = Map.of("ACCEPTED", 40L, "PENDING", 80L);
    Await.patiently("the others are pushed", () -> drain().equals(others));
    long tried = racers.subList(0, 80).stream().filter(r -> !fcm.to(r.address()).isEmpty()).count();
    assertThat(tried).isBetween(1L, 79L);
    assertThat(
            Sql.text(
                "SELECT string_agg(DISTINCT reason, ' ') FROM delivery WHERE state = 'PENDING'"))
        .contains("platform-refused");

    // When it is tried again, it is by one of them.
    run("UPDATE push_breaker SET open_until = now() WHERE product_id = 'ios'");
    run("UPDATE delivery SET due_at = now() WHERE state = 'PENDING'");
    long before = arrived(racers);
    drain();
    assertThat(arrived(racers)).isEqualTo(before + 1);
  }

  @Test
  void anExceededQuotaSlowsEverybodyAndCountsAgainstNoDelivery() {
    List<RaceField.Racer> racers = plan(3);
    fcm.behave(
        arrival ->
            new Answer(
                429,
                "{\"error\":{\"status\":\"RESOURCE_EXHAUSTED\"}}",
                Map.of("Retry-After", "120")));
    drain();
    assertThat(Sql.text("SELECT pace::text FROM push_account WHERE id NOT LIKE '%/challenges'"))
        .isEqualTo("0.5");
    assertThat(
            Sql.text(
                """
                SELECT (min(due_at) > now() + interval '115 s')::text || max(attempts)
                FROM delivery WHERE state = 'PENDING'
                """))
        .isEqualTo("true0");
    assertThat(racers).hasSize(3);
    Api.operator()
        .get("/v1/admin/health")
        .then()
        .statusCode(200)
        .body("checks.find { it.name == 'push' }.data.state", equalTo("slowed"));
  }

  @Test
  void whenTooManyAddressesAreSaidToBeGoneNoneIsPrunedAndTheirLettersAreReleased() {
    List<RaceField.Racer> racers = plan(32);
    fcm.behave(arrival -> Answer.error(404, "NOT_FOUND", "UNREGISTERED"));
    drain();
    assertThat(states()).isEqualTo(Map.of("DEAD", 32L));
    // A few before the fuse knows better.
    assertThat(
            number(
                "SELECT count(*) AS counted FROM device WHERE push_sealed IS NOT NULL AND id = ANY",
                racers))
        .isGreaterThanOrEqualTo(23)
        .isEqualTo(
            number(
                "SELECT count(*) AS counted FROM delivery WHERE NOT pruned AND device_id = ANY",
                racers));
    fcm.behave(arrival -> Answer.accepted());
    Api.operator()
        .get("/v1/admin/dead-letters?notice=" + notices.get(0))
        .then()
        .statusCode(200)
        .body("items.reason", hasItem("UNREGISTERED"));
    assertThat(await(outbox.settle())).contains(notices.get(0));
    Api.operator()
        .body(Map.of("notice", notices.get(0), "reason", "UNREGISTERED"))
        .post("/v1/admin/dead-letters/release")
        .then()
        .statusCode(200)
        .body("released", equalTo(32));
    drain();
    assertThat(states().get("ACCEPTED")).isGreaterThanOrEqualTo(23);
    assertThat(states()).doesNotContainKey("PENDING");
  }

  @Test
  void anAddressThatWasChangedMeanwhileIsNotPrunedForTheOneBefore() {
    RaceField.Racer racer = plan(1).get(0);
    String moved = racer.address() + "-moved";
    fcm.behave(
        arrival ->
            arrival.address().equals(racer.address())
                ? Answer.error(404, "NOT_FOUND", "UNREGISTERED").after(Duration.ofMillis(500))
                : Answer.accepted());
    CompletableFuture<Long> draining =
        drain.run(Optional.empty(), () -> true).subscribeAsCompletionStage();
    Await.patiently("the push to the first address", () -> !fcm.to(racer.address()).isEmpty());
    field.moveTo(racer.device(), moved);
    draining.join();
    drain();
    assertThat(fcm.to(moved)).hasSize(1);
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 1L));
    assertThat(
            number(
                "SELECT count(*) AS counted FROM device WHERE push_sealed IS NOT NULL AND id = ANY",
                List.of(racer)))
        .isEqualTo(1);
  }

  @Test
  void anAbsurdWaitFailsNoOtherResults() {
    List<RaceField.Racer> racers = plan(3);
    fcm.behave(
        arrival ->
            arrival.address().equals(racers.get(0).address())
                ? Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
                    .with("Retry-After", Long.toString(Long.MAX_VALUE))
                : Answer.accepted());
    drain();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 2L, "PENDING", 1L));
  }

  @Test
  void whatAStrangersAddressAnswersSaysNothingOfTheAccount() {
    List<RaceField.Racer> racers = plan(3);
    for (Answer answer :
        List.of(
            Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED").with("Retry-After", "3600"),
            Answer.invalid("anything"),
            Answer.error(401, "UNAUTHENTICATED", "THIRD_PARTY_AUTH_ERROR"),
            Answer.error(403, "PERMISSION_DENIED"),
            Answer.error(503, "UNAVAILABLE"),
            Answer.html(502))) {
      fcm.behaveToChallenges(arrival -> answer);
      for (int i = 0; i < 25; i++) {
        assertThat(challenge(racers.get(0), "odd")).isEqualTo(ChallengePusher.Result.UNAVAILABLE);
      }
    }
    drain();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 3L));
    assertThat(Sql.text("SELECT min(pace)::text FROM push_account")).isEqualTo("1");
    assertThat(
            number(
                "SELECT count(*) AS counted FROM push_breaker WHERE failures > 0 AND '' <> ANY",
                racers))
        .isZero();
  }

  @Test
  void challengesAreNoProbeAndKeepNoPushFromBeingOne() {
    RaceField.Racer racer = plan(1).get(0);
    fcm.behave(
        arrival -> new Answer(403, "{\"error\":{\"status\":\"PERMISSION_DENIED\"}}", Map.of()));
    drain();
    fcm.behave(arrival -> Answer.accepted());
    assertThat(challenge(racer, "third")).isEqualTo(ChallengePusher.Result.UNAVAILABLE);
    assertThat(fcm.challengesTo("tok-third")).as("nothing is sent while it is open").isEmpty();

    run("UPDATE push_breaker SET open_until = now() WHERE failures > 0");
    run("UPDATE delivery SET due_at = now() WHERE notice_id = '" + notices.get(0) + "'");
    fcm.behaveToChallenges(arrival -> Answer.invalid("anything"));
    for (int i = 0; i < 10; i++) {
      challenge(racer, "fourth");
    }
    assertThat(fcm.challengesTo("tok-fourth")).isNotEmpty();
    drain();
    assertThat(states()).isEqualTo(Map.of("ACCEPTED", 1L));
  }

  @Test
  void aClaimDoesNotWaitForWhoHoldsTheAccount() {
    AccountId account = new AccountId("test", "1");
    assertThat(await(pace.next(Routes.with(account), 1, 0, Optional.empty(), false)))
        .isInstanceOf(Pace.SendPermit.Go.class);
    CompletableFuture<?> holder =
        transactions
            .inTransaction(
                () ->
                    database
                        .rows("SELECT 1 FROM push_account FOR UPDATE", row -> true)
                        .chain(
                            () ->
                                database.rows(
                                    "SELECT 1 FROM (SELECT pg_sleep(1)) AS held", row -> true)))
            .subscribeAsCompletionStage();
    Await.until(
        "it is held",
        Duration.ofSeconds(1),
        () ->
            await(pace.next(Routes.with(account), 1, 0, Optional.empty(), false))
                instanceof Pace.SendPermit.Busy);
    assertThat(holder).as("nobody has waited for it").isNotDone();
    holder.join();
    assertThat(await(pace.next(Routes.with(account), 1, 0, Optional.empty(), false)))
        .isNotInstanceOf(Pace.SendPermit.Busy.class);
  }

  @Test
  void anAbsurdWaitIsBoundedByTheLifeOfTheNotice() {
    RaceField.Racer racer = plan(1).get(0);
    run(
        "UPDATE push_content SET expires_at = now() + interval '10 minutes' WHERE notice_id = '"
            + notices.get(0)
            + "'");
    fcm.behave(
        arrival ->
            Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
                .with("Retry-After", "31536000"));
    drain();
    assertThat(arrived(List.of(racer))).isEqualTo(1);
    assertThat(
            Sql.text(
                "SELECT (due_at > now() + interval '4 minutes' AND due_at < now() + interval"
                    + " '9.1 minutes')::text FROM delivery WHERE notice_id = '"
                    + notices.get(0)
                    + "'"))
        .isEqualTo("true");
    Api.operator()
        .get("/v1/admin/notices/" + notices.get(0))
        .then()
        .statusCode(200)
        .body("deliveries.waitsBecause", equalTo("QUOTA_EXCEEDED"))
        .body("deliveries.secondsLeft", greaterThan(200));
  }

  private ChallengePusher.Result challenge(RaceField.Racer racer, String to) {
    return await(
        challenges
            .begin()
            .push(
                new ChallengePusher.Challenge(
                    racer.device(),
                    field.address(racer.device(), "tok-" + to),
                    new Secret("chl"),
                    Duration.ofMinutes(5))));
  }

  @Test
  void aKeyThatReplacesARefusedOneBeginsAnewWithinTheSameQuota() {
    AccountId refused = new AccountId("test", "old");
    AccountId fresh = new AccountId("test", "new");
    SendBudget slowed =
        await(
            transactions.inTransaction(
                () ->
                    accounts
                        .lock(refused, Routes.LIMITS)
                        .map(
                            known ->
                                known
                                    .account()
                                    .with(known.account().breaker().refused(known.now(), "X"))
                                    .with(
                                        known
                                            .account()
                                            .budget()
                                            .exceeded(Routes.LIMITS, known.now(), Duration.ZERO)))
                        .call(accounts::save)
                        .map(PushAccount::budget)));
    assertThat(stateOf(refused)).isEqualTo(Breaker.State.OPEN);
    assertThat(stateOf(fresh)).isEqualTo(Breaker.State.CLOSED);
    assertThat(await(accounts.find(fresh)).orElseThrow().account().budget().pace())
        .isEqualTo(slowed.pace());
  }

  private Route fcmRoute() {
    return Routes.of("fcm", providers, config);
  }

  private Breaker.State stateOf(AccountId account) {
    PushAccounts.Known known = await(accounts.find(account)).orElseThrow();
    return known.account().breaker().state(known.now());
  }

  @Test
  void whatIsUrgentIsClaimedBeforeTheRest() {
    plan(40);
    String ordinary = notices.get(0);
    plan(8);
    String urgent = notices.get(0);
    notices = List.of(ordinary, urgent);
    run("UPDATE push_content SET urgent = true WHERE notice_id = '" + urgent + "'");
    Pace.SendPermit turn =
        await(pace.next(Routes.with(new AccountId("test", "1")), 16, 0, Optional.empty(), true));
    assertThat(turn).isInstanceOf(Pace.SendPermit.Go.class);
    Claims.Claim claim =
        await(claims.next(fcmRoute(), Optional.empty(), (Pace.SendPermit.Go) turn));
    assertThat(claim.toSend()).hasSize(8).allMatch(item -> item.due().notice().equals(urgent));
    assertThat(await(outbox.mostUrgentDue(Optional.empty(), "fcm")))
        .contains(Outbox.Urgency.ORDINARY);
  }

  @Test
  void aHaltedNoticeKeepsItsOwnBackAndGoesOnWithoutRepeats() {
    List<RaceField.Racer> halted = plan(20);
    String first = notices.get(0);
    await(outbox.halt(first, "notice-paused"));
    List<RaceField.Racer> others = plan(20);
    notices = List.of(first, notices.get(0));
    drain();
    assertThat(arrived(halted)).isZero();
    assertThat(arrived(others)).isEqualTo(20);
    assertThat(await(outbox.settle())).contains(notices.get(1)).doesNotContain(first);
    assertThat(await(outbox.resume(first))).isTrue();
    assertThat(await(outbox.resume(first))).isFalse();
    drain();
    assertThat(arrived(halted)).isEqualTo(20);
    await(outbox.halt(first, "notice-cancelled"));
    assertThat(await(outbox.resume(first))).isFalse();
  }

  private List<RaceField.Racer> plan(int count) {
    List<RaceField.Racer> racers = field.register(count, ANY);
    notices = field.plan(racers, false);
    return racers;
  }

  private Map<String, Long> drain() {
    await(drain.run(Optional.empty(), () -> true));
    return states();
  }

  private long arrived(List<RaceField.Racer> racers) {
    return racers.stream().mapToLong(racer -> fcm.to(racer.address()).size()).sum();
  }

  private Map<String, Long> states() {
    return Map.copyOf(
        await(
                database.rows(
                    "SELECT state, count(*) AS deliveries FROM delivery"
                        + " WHERE notice_id = ANY ($1) GROUP BY 1",
                    row -> Map.entry(row.text("state"), row.number("deliveries")),
                    (Object) notices.toArray(String[]::new)))
            .stream()
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
  }

  private long number(String sql, List<RaceField.Racer> racers) {
    return await(
            database.rows(
                sql + " ($1)",
                row -> row.number("counted"),
                (Object) racers.stream().map(RaceField.Racer::device).toArray(String[]::new)))
        .get(0);
  }

  private void run(String sql) {
    await(database.update(sql));
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofSeconds(20));
  }
}
