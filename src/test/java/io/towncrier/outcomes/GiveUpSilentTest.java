package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Report;
import io.towncrier.outcomes.state.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Devices that are not heard of. */
class GiveUpSilentTest {
  private static final Instant BEGIN = Instant.parse("2026-05-01T12:00:00Z");
  private static final Attempt.Key KEY = new Attempt.Key("dev_1", "router", "2.0.0");

  private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
  private final FakeOutcomes store = new FakeOutcomes();
  private final KeepAttempt keep =
      new KeepAttempt(store, store, change -> Uni.createFrom().voidItem(), store);
  private final GiveUpSilent silent = new GiveUpSilent(store, keep, now::get);

  @Test
  void whoIsNotHeardOfForTheTimeOutIsGivenUp() {
    installs();

    assertThat(lookAfter(Duration.ofHours(71))).isZero();
    assertThat(lookAfter(Duration.ofHours(72))).isOne();
    assertThat(store.attempt(KEY).state()).isEqualTo(OutcomeState.TIMED_OUT);
  }

  @Test
  void aLongerTimeOutIsWaitedForAndKeepsNobodyElseWaiting() {
    installs();
    store.judgedBy(timeOut(Duration.ofHours(96)));

    assertThat(lookAfter(Duration.ofHours(73))).isOne();
    assertThat(store.attempt(KEY).state()).isEqualTo(OutcomeState.INSTALLING);
    assertThat(lookAfter(Duration.ofHours(74))).as("it is not due any more").isZero();
    assertThat(lookAfter(Duration.ofHours(96))).isOne();
    assertThat(store.attempt(KEY).state()).isEqualTo(OutcomeState.TIMED_OUT);
  }

  private void installs() {
    store.seenAt(BEGIN);
    keep.changed(
            KEY,
            BEGIN,
            held ->
                FollowUpdate.by(held.policy())
                            .report(
                                held.locked().attempt(), Report.of(Report.Said.INSTALLING), BEGIN)
                        instanceof Step.Changed changed
                    ? Optional.of(changed.after())
                    : Optional.empty())
        .await()
        .indefinitely();
  }

  private long lookAfter(Duration time) {
    now.set(BEGIN.plus(time));
    return silent.run(() -> true).await().indefinitely();
  }

  private static OutcomePolicy timeOut(Duration time) {
    OutcomePolicy other = OutcomePolicy.DEFAULT;
    return new OutcomePolicy(
        other.attempts(),
        other.backOff(),
        other.retried(),
        other.confirmSoak(),
        other.restartLimit(),
        time);
  }
}
