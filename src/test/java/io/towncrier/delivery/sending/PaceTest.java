package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.DeliveryResult;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PaceTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:05:00Z");
  private static final Limits LIMITS = new Limits(60_000, 0.2, Duration.ofSeconds(60));

  @Test
  void whoWaitsForOnePushTakesItFromTheSameBudget() {
    PushAccount account = account();
    SendBudget.Grant rest = account.budget().take(LIMITS, NOW, Integer.MAX_VALUE, false);
    Pace.Decided decided = Pace.one(at(account.with(rest.left())), LIMITS);
    assertThat(decided.turn()).isInstanceOf(Pace.Turn.Go.class);
    assertThat(decided.account().budget().reserved()).isEqualTo(rest.left().reserved() - 1);

    SendBudget.Grant all = account.budget().take(LIMITS, NOW, Integer.MAX_VALUE, true);
    assertThat(Pace.one(at(account.with(all.left())), LIMITS).turn())
        .isInstanceOf(Pace.Turn.Wait.class);
  }

  @Test
  void anOpenBreakerLetsNoneThroughAndThenOneAtATime() {
    PushAccount open = account().with(Breaker.CLOSED.refused(NOW, "UNAUTHENTICATED"));
    assertThat(Pace.one(at(open), LIMITS).turn())
        .isEqualTo(new Pace.Turn.Closed("UNAUTHENTICATED"));
    PushAccount soon = account().with(Breaker.CLOSED.refused(NOW.minusSeconds(60), "X"));
    Pace.Decided tried = Pace.one(at(soon), LIMITS);
    assertThat(tried.turn()).isInstanceOf(Pace.Turn.Go.class);
    assertThat(Pace.one(at(tried.account()), LIMITS).turn()).isEqualTo(new Pace.Turn.Closed("X"));
  }

  @Test
  void theAnswerToAChallengeIsLearntFromButBlowsNoFuse() {
    PushAccount gone = account();
    for (int i = 0; i < 100; i++) {
      gone =
          AnswersOfAccount.ofChallenge(
              at(gone), new DeliveryResult.AddressGone("UNREGISTERED"), LIMITS);
    }
    assertThat(gone.fuse().mayPrune(NOW)).isTrue();
    assertThat(
            AnswersOfAccount.ofChallenge(
                    at(account()), new DeliveryResult.ProviderRefused("X"), LIMITS)
                .breaker()
                .state(NOW))
        .isEqualTo(Breaker.State.OPEN);
    assertThat(
            AnswersOfAccount.ofChallenge(
                    at(account()), new DeliveryResult.QuotaExceeded("Q", Optional.empty()), LIMITS)
                .budget()
                .pace())
        .isEqualTo(0.5);
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
