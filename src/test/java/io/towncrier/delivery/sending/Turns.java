package io.towncrier.delivery.sending;

import java.util.Set;

/** Turns to claim, for tests that do not go through the budget. */
final class Turns {
  private Turns() {}

  /** For so many pushes, to anybody. */
  static Pace.Turn.Go of(int pushes) {
    return new Pace.Turn.Go(pushes, false, Set.of(), Set.of());
  }
}
