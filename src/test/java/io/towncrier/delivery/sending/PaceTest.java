package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PruneFuse;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import io.towncrier.platform.Transactions;
import io.towncrier.testing.Stubs;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:05:00Z");
  private static final long LOOK = 1_000_000;
  private static final Limits LIMITS = new Limits(60_000, 0.2, Duration.ofSeconds(60));

  @Test
  void challengesHaveABudgetOfTheirOwnAndOneWaitsWhenItIsSpent() {
    Limits few = new Limits(600, 0, Duration.ofSeconds(1));
    PushAccount account =
        new PushAccount(
            new AccountId("a/challenges", "1"),
            SendBudget.fresh(few, NOW),
            PruneFuse.NEW,
            Breaker.CLOSED,
            Map.of());
    Pace.Decided first = Pace.challenge(at(account), few);
    assertThat(first.turn()).isInstanceOf(Pace.SendPermit.Go.class);
    assertThat(Pace.challenge(at(first.account()), few).turn())
        .isInstanceOf(Pace.SendPermit.Wait.class);
  }

  @Test
  void aChallengeWaitsWhileNothingIsSentAndIsNoProbe() {
    PushAccount open = account().with(Breaker.CLOSED.refused(NOW, "UNAUTHENTICATED"));
    assertThat(Pace.closed(at(open))).contains(new Pace.SendPermit.Closed("UNAUTHENTICATED"));
    PushAccount soon = account().with(Breaker.CLOSED.refused(NOW.minusSeconds(60), "X"));
    assertThat(Pace.closed(at(soon))).isEmpty();
    Pace.Decided challenge = Pace.challenge(at(soon), LIMITS);
    assertThat(challenge.account().breaker()).isEqualTo(soon.breaker());
    // The push that is the probe goes out all the same.
    assertThat(Pace.decide(at(challenge.account()), 10, 0, false, LIMITS).turn())
        .isInstanceOf(Pace.SendPermit.Go.class);
    assertThat(Pace.closed(at(account()))).isEmpty();
  }

  @Test
  void aLookThroughAllThatWaitsRestsForTwentyTimesAsLongWhetherOrNotItFoundSome() {
    AtomicLong clock = new AtomicLong();
    for (Uni<Integer> found :
        List.of(
            Uni.createFrom().item(0),
            Uni.createFrom().item(1),
            Uni.createFrom().<Integer>failure(new IllegalStateException("too long")))) {
      AtomicInteger looks = new AtomicInteger();
      Pace pace = pace(found.onSubscription().invoke(() -> looks.addAndGet(looked(clock))), clock);
      handOver(pace);
      clock.addAndGet(19 * LOOK);
      assertThat(handOver(pace)).isZero();
      assertThat(looks).hasValue(1);
      clock.addAndGet(2 * LOOK);
      handOver(pace);
      assertThat(looks).hasValue(2);
    }
  }

  @Test
  void whereMoreIsFoundThanIsMovedAtOnceTheNextLookComesAtOnce() {
    AtomicLong clock = new AtomicLong();
    AtomicInteger looks = new AtomicInteger();
    Pace pace =
        pace(
            Uni.createFrom()
                .item(Pace.MOVED_AT_ONCE)
                .onSubscription()
                .invoke(() -> looks.addAndGet(looked(clock))),
            clock);
    assertThat(handOver(pace)).isEqualTo(Pace.MOVED_AT_ONCE);
    assertThat(handOver(pace)).isEqualTo(Pace.MOVED_AT_ONCE);
    assertThat(looks).hasValue(2);
  }

  private static int looked(AtomicLong clock) {
    clock.addAndGet(LOOK);
    return 1;
  }

  private static int handOver(Pace pace) {
    Route route =
        new Route(
            Routes.with(new AccountId("a", "1")).provider(),
            "fcm",
            new AccountId("a", "1"),
            LIMITS,
            Map.of("fcm", "fcm", "getui", "getui"),
            Set.of("fcm", "getui"),
            Map.of("getui", new AccountId("b", "1")));
    return pace.handOver(route).onFailure().recoverWithItem(0).await().indefinitely();
  }

  /** Whose outbox hands over so many; nobody has pushed with the other account yet. */
  private static Pace pace(Uni<Integer> handedOver, AtomicLong clock) {
    return new Pace(
        Stubs.of(
            PushAccounts.class, Map.of("find", asked -> Uni.createFrom().item(Optional.empty()))),
        Stubs.of(Outbox.class, Map.of("handOver", asked -> handedOver)),
        Stubs.of(
            Transactions.class, Map.of("inTransaction", asked -> ((Supplier<?>) asked[0]).get())),
        clock::get);
  }

  private static PushAccount account() {
    return new PushAccount(
        new AccountId("a", "1"),
        SendBudget.fresh(LIMITS, NOW),
        PruneFuse.NEW,
        Breaker.CLOSED,
        Map.of());
  }

  private static PushAccounts.Known at(PushAccount account) {
    return new PushAccounts.Known(account, NOW);
  }
}
