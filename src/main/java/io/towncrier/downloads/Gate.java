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

  /** Notes that there is no room for such a download in this second. */
  synchronized void refuse(Download download, long now) {
    refusedAbove = now == refusedIn ? Math.min(refusedAbove, floor(download)) : floor(download);
    refusedIn = now;
  }

  synchronized Waiting takeWaiting() {
    Waiting taken = waiting;
    waiting = Waiting.NOBODY;
    return taken;
  }

  /** Another process has changed the bucket: those who were to go into it still wait. */
  synchronized void undo(Bucket used, Waiting taken) {
    if (used.equals(known)) {
      known = null;
    }
    waiting = waiting.and(taken, rate);
  }

  /** Adds a download to those who wait: when it is to come. */
  synchronized Duration waitFor(Download download, long now) {
    waiting = waiting.and(download, now, rate);
    Bucket base = known == null ? new Bucket(now, 0, 0, 0) : known;
    return waiting.in(base.at(now, rate), rate).toWait(download.urgency(), now);
  }

  private long floor(Download download) {
    return download.urgency().floor(Bucket.capacity(rate));
  }
}
