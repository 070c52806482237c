package io.towncrier.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The time in which a claimed delivery may be sent. Both clocks must leave it: the monotonic one
 * cannot be set, but stands still with a frozen sandbox; the wall clock goes on meanwhile. Both are
 * read before the claim's transaction begins, so that the lease never ends later than the one in
 * the database.
 *
 * @param endNanos of {@link System#nanoTime()}
 * @param end by the wall clock
 * @param writesUntil nothing is written from then on, however much is left
 * @param clock that the end is compared with
 */
public record Lease(long endNanos, Instant end, Instant writesUntil, InstantSource clock) {
  /** Until its end. */
  public Lease(long endNanos, Instant end, InstantSource clock) {
    this(endNanos, end, end, clock);
  }

  public static Lease startingNow(Duration length, InstantSource clock) {
    return new Lease(System.nanoTime() + length.toNanos(), clock.instant().plus(length), clock);
  }

  /** The same for something that must not be written from that moment on. */
  public Lease writingUntil(Instant expiry) {
    return new Lease(endNanos, end, expiry.isBefore(writesUntil) ? expiry : writesUntil, clock);
  }

  /** Whether something that takes at most this long is over before the lease is. */
  public boolean leaves(Duration needed) {
    Instant now = clock.instant();
    return endNanos - System.nanoTime() > needed.toNanos()
        && now.plus(needed).isBefore(end)
        && now.isBefore(writesUntil);
  }
}
