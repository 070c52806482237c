package io.towncrier.outcomes.state;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How a product's attempts are judged.
 *
 * @param attempts that a device may make with one release
 * @param backOff before the second; it doubles with each one more
 * @param retried codes of failures that are worth another attempt
 * @param confirmSoak for how long a device must run the new version
 * @param restartLimit after which a device that reports the former version has fallen back
 * @param timeOut after which a device that is not heard of is given up
 */
public record OutcomePolicy(
    int attempts,
    Duration backOff,
    Set<String> retried,
    Duration confirmSoak,
    Duration restartLimit,
    Duration timeOut) {
  /** What holds where a product says nothing. */
  public static final OutcomePolicy DEFAULT =
      new OutcomePolicy(
          3,
          Duration.ofHours(1),
          FailureCode.RETRIED,
          Duration.ofHours(24),
          Duration.ofHours(24),
          Duration.ofHours(72));

  /** For so long an owner may postpone an update. */
  public static final Duration LONGEST_POSTPONEMENT = Duration.ofDays(7);

  /** Until an operator looks. */
  public static final Instant FOR_GOOD = Instant.parse("9999-12-31T00:00:00Z");

  private static final int MOST_DOUBLINGS = 10;

  public OutcomePolicy {
    retried = Set.copyOf(retried);
    if (attempts < 1) {
      throw new IllegalArgumentException("a device may make one attempt at least");
    }
  }

  /** When an attempt that comes to this state may be offered again; empty: at any time. */
  Optional<Instant> heldUntil(Attempt attempt, OutcomeState to, Instant now) {
    int number = Math.max(1, attempt.number());
    return switch (to) {
      case FAILED ->
          Optional.of(afterFailure(attempt.code().orElse(FailureCode.UNKNOWN.code()), number, now));
      case ROLLED_BACK -> Optional.of(afterFailure(FailureCode.ROLLED_BACK, number, now));
      case TIMED_OUT -> Optional.of(afterFailure(FailureCode.TIMED_OUT, number, now));
      case REJECTED -> Optional.of(FOR_GOOD);
      case RESTARTING -> Optional.of(now.plus(restartLimit));
      default -> Optional.empty();
    };
  }

  /** When the next attempt may begin after one that failed. */
  private Instant afterFailure(String code, int attempt, Instant now) {
    boolean worthIt = retried.contains(code) && attempt < attempts;
    return worthIt
        ? now.plus(backOff.multipliedBy(1L << Math.min(attempt - 1, MOST_DOUBLINGS)))
        : FOR_GOOD;
  }
}
