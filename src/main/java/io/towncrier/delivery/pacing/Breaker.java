package io.towncrier.delivery.pacing;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Keeps pushes from a provider that refuses all of them, or from the devices of one platform. After
 * a while one is tried; what it meets closes the breaker or opens it for twice as long.
 *
 * @param failures in a row that opened it; 0 when it is closed
 * @param openUntil nothing is sent before
 * @param probed whether one is under way that shows if it can close
 * @param because of what; empty when it is closed
 * @param windowFrom since when the two below are counted
 * @param answered pushes that were answered for themselves
 * @param unanswered pushes that met no answer, or a failure of the provider
 */
public record Breaker(
    int failures,
    Instant openUntil,
    boolean probed,
    Optional<String> because,
    Instant windowFrom,
    int answered,
    int unanswered) {
  public static final Breaker CLOSED =
      new Breaker(0, Instant.EPOCH, false, Optional.empty(), Instant.EPOCH, 0, 0);

  private static final Duration WINDOW = Duration.ofSeconds(10);
  private static final Duration AFTER_REFUSAL = Duration.ofSeconds(60);
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(5);
  // Longer than a push may take; then the next is tried.
  private static final Duration FOR_A_PROBE = Duration.ofSeconds(15);
  private static final Duration LONGEST = Duration.ofMinutes(15);
  private static final int FEW = 20;
  private static final int MOST_DOUBLINGS = 10;

  /** What may be sent. */
  public enum State {
    /** Everything. */
    CLOSED,
    /** Nothing. */
    OPEN,
    /** One, to see what it meets. */
    PROBING
  }

  public State state(Instant now) {
    if (failures == 0) {
      return State.CLOSED;
    }
    return now.isBefore(openUntil) ? State.OPEN : State.PROBING;
  }

  /** The one that may be sent goes out; until it is answered, no other. */
  public Breaker probing(Instant now) {
    return new Breaker(
        failures, now.plus(FOR_A_PROBE), true, because, windowFrom, answered, unanswered);
  }

  /** Everything is refused, whatever it is: our credentials, the API, a platform's key. */
  public Breaker refused(Instant now, String code) {
    return opened(now, code, AFTER_REFUSAL);
  }

  /**
   * Counts pushes of the same moment.
   *
   * @param more that were answered for themselves, with whatever
   * @param silent that met no answer, or a failure of the provider
   */
  public Breaker counted(Instant now, int more, int silent, String code) {
    boolean newWindow = !now.isBefore(windowFrom.plus(WINDOW));
    int total = (newWindow ? 0 : answered) + more;
    int lost = (newWindow ? 0 : unanswered) + silent;
    // Somebody was answered: what had opened it is over.
    boolean closes = more > 0 && isTried(now);
    Breaker next =
        new Breaker(
            closes ? 0 : failures,
            openUntil,
            !closes && probed,
            closes ? Optional.empty() : because,
            newWindow ? now : windowFrom,
            total,
            lost);
    boolean mostAreLost = lost > total && lost >= FEW;
    boolean probeIsLost = silent > 0 && more == 0 && isTried(now);
    return mostAreLost || probeIsLost ? next.opened(now, code, AFTER_SILENCE) : next;
  }

  private boolean isTried(Instant now) {
    return probed || state(now) == State.PROBING;
  }

  private Breaker opened(Instant now, String code, Duration first) {
    if (state(now) == State.OPEN && !probed) {
      return this;
    }
    Duration length = first.multipliedBy(1L << Math.min(failures, MOST_DOUBLINGS));
    return new Breaker(
        failures + 1,
        now.plus(length.compareTo(LONGEST) > 0 ? LONGEST : length),
        false,
        Optional.of(code),
        now,
        0,
        0);
  }
}
