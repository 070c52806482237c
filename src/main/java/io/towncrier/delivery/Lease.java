package io.towncrier.delivery;

import java.time.Duration;

/**
 * The time in which a claimed delivery may be sent, by this process's monotonic clock.
 *
 * @param endNanos of {@link System#nanoTime()}; taken before the claim's transaction began, so that
 *     it never ends later than the lease in the database
 */
public record Lease(long endNanos) {
  public static Lease startingNow(Duration length) {
    return new Lease(System.nanoTime() + length.toNanos());
  }

  /** Whether something that takes at most this long is over before the lease is. */
  public boolean leaves(Duration needed) {
    return endNanos - System.nanoTime() > needed.toNanos();
  }
}
