package io.towncrier.outcomes.state;

import io.towncrier.releases.targeting.Refusal;
import java.time.Instant;
import java.util.Optional;

/** Why a release is not offered to a device that had it before. */
public final class OfferHold {
  private OfferHold() {}

  /**
   * The reason; empty when it may be offered.
   *
   * @param manual the user asks: what the owner put off or rejected is offered again
   */
  public static Optional<Refusal> of(Attempt attempt, boolean manual, Instant now) {
    return of(attempt.state(), attempt.times().heldUntil(), manual, now);
  }

  /** The same of what the sign-in of a check brought. */
  public static Optional<Refusal> of(
      OutcomeState state, Optional<Instant> heldUntil, boolean manual, Instant now) {
    boolean ownersChoice = state == OutcomeState.POSTPONED || state == OutcomeState.REJECTED;
    if (heldUntil.filter(now::isBefore).isEmpty() || (ownersChoice && manual)) {
      return Optional.empty();
    }
    return switch (state) {
      case POSTPONED -> Optional.of(Refusal.POSTPONED_BY_OWNER);
      case REJECTED -> Optional.of(Refusal.REJECTED_BY_OWNER);
      case RESTARTING -> Optional.of(Refusal.AWAITING_RESTART);
      case FAILED, ROLLED_BACK, TIMED_OUT ->
          Optional.of(
              heldUntil.get().isBefore(OutcomePolicy.FOR_GOOD)
                  ? Refusal.RETRY_LATER
                  : Refusal.ATTEMPTS_USED_UP);
      default -> Optional.empty();
    };
  }
}
