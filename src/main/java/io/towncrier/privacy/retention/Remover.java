package io.towncrier.privacy.retention;

import io.smallrye.mutiny.Uni;
import java.time.Instant;

/**
 * Removes data of a feature whose period is over, a batch at a time. One without a period removes
 * what is of no use any more.
 */
public interface Remover extends KeepsPeriods {
  /**
   * Removes at most so many rows, in short transactions that nobody who sends waits for: what
   * somebody holds is left for the next time.
   *
   * @return how many were removed; 0 ends the run
   */
  Uni<Integer> remove(Instant now, int limit);
}
