package io.towncrier.downloads;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What this process knows of a region. Once a second has no room left, the others of that second
 * are told to wait without a statement; their bytes go into the row of those who wait with the next
 * one.
 */
final class Gate {
  // Each of them may lose to all others, and is through with the last try.
  static final int TRIES = 8;

  private final long rate;
  private @Nullable Bucket known;
  private long refusedIn = Long.MIN_VALUE;
  private long refusedAbove;
  private Waiting waiting = Waiting.NOBODY;
  private int trying;

  Gate(long rate) {
    this.rate = rate;
  }

  /** Whether another one may try now; it must leave afterwards. */
  synchronized boolean enter(Download download, long now) {
    boolean isRefused = now == refusedIn && floor(download) >= refusedAbove;
    if (isRefused || trying >= TRIES) {
      return false;
    }
    trying++;
    return true;
  }

  synchronized void leave() {
    trying--;
  }

  /** Null when it has to be looked for. */
  synchronized @Nullable Bucket known() {
    return known;
  }

  synchronized void keep(Bucket bucket) {
    known = bucket;
  }

  /** Another process has changed it. */
  synchronized void forget(Bucket used) {
    if (used.equals(known)) {
      known = null;
    }
  }

  /** Notes that there is no room for such a download in this second. */
  synchronized void refuse(Download download, long now) {
    refusedAbove = now == refusedIn ? Math.min(refusedAbove, floor(download)) : floor(download);
    refusedIn = now;
  }

  /** Those who wait and are not in the bucket yet. */
  synchronized Waiting takeWaiting() {
    Waiting taken = waiting;
    waiting = Waiting.NOBODY;
    return taken;
  }

  synchronized void giveBack(Waiting taken) {
    waiting = taken.and(waiting.bytes(), waiting.since(), rate);
  }

  /** Adds a download to those who wait: when it is to come. */
  synchronized Duration waitFor(Download download, long now) {
    waiting = waiting.and(download.bytes(), now, rate);
    Bucket base = known == null ? new Bucket(now, 0, 0) : known;
    return base.at(now, rate)
        .queued(waiting.bytes(), download.urgency(), waiting.since(), rate)
        .toWait(download.urgency(), now);
  }

  private long floor(Download download) {
    return download.urgency().floor(Bucket.capacity(rate));
  }

  /**
   * Those who were told to wait without a statement.
   *
   * @param bytes of their downloads
   * @param since when the first of them was told
   */
  record Waiting(long bytes, long since) {
    static final Waiting NOBODY = new Waiting(0, Long.MAX_VALUE);

    Waiting and(long more, long at, long rate) {
      long most = rate * Bucket.LONGEST_WAIT;
      return new Waiting(Math.min(bytes + Math.min(more, most), most), Math.min(since, at));
    }
  }
}
