package io.towncrier.delivery.recall;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.Lease;

/** A push provider that has a means to call pushes back. */
public interface CallsBack {
  /** Whether one message calls back several pushes of a device; else each has one of its own. */
  boolean callsBackTogether();

  /**
   * Calls back, once, under a lease as a push. Never fails; every error is an outcome.
   *
   * @param recall with an address, and with one push unless they are called back together
   */
  Uni<RecallOutcome> recall(Recall recall, Lease lease);
}
