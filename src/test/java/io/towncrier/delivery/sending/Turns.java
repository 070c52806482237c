package io.towncrier.delivery.sending;

import java.util.Set;

/** Turns to claim, for tests that do not go through the budget. */
final class Turns {
  private Turns() {}

  /** For so many pushes, to anybody. */
  static Pace.SendPermit.Go of(int pushes) {
    return new Pace.SendPermit.Go(pushes, false, Set.of(), Set.of());
  }
}
