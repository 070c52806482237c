package io.towncrier.delivery.ladder;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where the steps of pushes are kept. */
public interface LadderStore {
  /**
   * What is known of each push, in the order in which they are named, within a transaction. Those
   * that were accepted are locked, in the order of their keys; no others, as an opt-out passes by
   * what is locked and waits.
   */
  Uni<List<Known>> lock(List<ReportedStep.PushName> names);

  /** Writes where pushes stand now, and counts the steps that they took. */
  Uni<Void> write(List<Taken> taken, Instant now);

  /**
   * A name.
   *
   * @param receipts whether the users of its device let receipts be recorded
   * @param push empty when the device has no such delivery, or it is not pushed any more
   */
  record Known(boolean receipts, Optional<Push> push) {}

  /** A delivery, and how far it came. */
  record Push(String notice, String device, Rungs rungs) {}

  /** A delivery that took steps. */
  record Taken(String notice, String device, Rungs before, Rungs after) {}
}
