package io.towncrier.delivery.sending;

import org.jboss.logging.Logger;

/**
 * Looks at how many addresses are another project's: one of them is an old phone, more than one in
 * a hundred is an alarm (contract fcm-v1).
 */
final class MismatchWatch {
  private static final Logger LOG = Logger.getLogger(MismatchWatch.class);
  // A share of fewer says nothing.
  private static final long ENOUGH = 200;
  private static final double MOST = 0.01;

  private long answers;
  private long mismatches;
  private boolean alarmed;

  /** Counts answers that say something about an address. */
  synchronized void counted(long more, long moreMismatches) {
    answers += more;
    mismatches += moreMismatches;
    if (answers < ENOUGH) {
      return;
    }
    alarmed = mismatches > answers * MOST;
    if (alarmed) {
      LOG.errorf(
          "%d of %d addresses are another project's: do the apps and the credentials belong"
              + " together?",
          mismatches, answers);
    }
    answers = 0;
    mismatches = 0;
  }

  /** By the last answers that were enough. */
  synchronized boolean isAlarmed() {
    return alarmed;
  }
}
