package io.towncrier.delivery.pacing;

import java.time.Duration;
import java.time.Instant;

/**
 * Stops the pruning of addresses when suddenly too many seem to be gone: more likely something is
 * wrong with the provider, or with us, than with so many phones.
 *
 * @param windowFrom since when pushes are counted
 * @param pushes that were answered
 * @param gone of them, whose address is said to be unknown
 * @param blownUntil until when nothing is pruned
 */
public record PruneFuse(Instant windowFrom, int pushes, int gone, Instant blownUntil) {
  public static final PruneFuse NEW = new PruneFuse(Instant.EPOCH, 0, 0, Instant.EPOCH);

  private static final Duration WINDOW = Duration.ofMinutes(1);
  private static final Duration BLOWN_FOR = Duration.ofMinutes(10);
  private static final double MOST = 0.02;
  // One unknown address among ten pushes is no sign of anything.
  private static final int FEW = 10;

  /** Counts the answers of one moment, before any of their addresses is pruned. */
  public PruneFuse counted(Instant now, int more, int moreGone) {
    boolean newWindow = !now.isBefore(windowFrom.plus(WINDOW));
    int all = (newWindow ? 0 : pushes) + more;
    int lost = (newWindow ? 0 : gone) + moreGone;
    boolean blows = moreGone > 0 && lost >= FEW && lost > all * MOST;
    return new PruneFuse(
        newWindow ? now : windowFrom, all, lost, blows ? now.plus(BLOWN_FOR) : blownUntil);
  }

  public boolean mayPrune(Instant now) {
    return !now.isBefore(blownUntil);
  }
}
