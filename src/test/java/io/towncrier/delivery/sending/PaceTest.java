package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.PushAccounts;
import io.towncrier.delivery.pacing.AccountId;
import io.towncrier.delivery.pacing.Breaker;
import io.towncrier.delivery.pacing.Limits;
import io.towncrier.delivery.pacing.PruneFuse;
import io.towncrier.delivery.pacing.PushAccount;
import io.towncrier.delivery.pacing.SendBudget;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:05:00Z");
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
