package io.towncrier.downloads;

import java.time.Duration;

/** How far the budget is used up for an offer, and how long it may have to wait. */
public enum Urgency {
  /** Leaves half of the bucket to what is urgent. */
  USUAL(0.5, Duration.ofHours(6)),
  /** A security release: all that is there. */
  SECURITY(0, Duration.ofHours(1)),
  /** A person waits for it: as much again, which is paid back before others get anything. */
  BY_HAND(-1, Duration.ofMinutes(15));

  private final double part;
  private final Duration longest;

  Urgency(double part, Duration longest) {
    this.part = part;
    this.longest = longest;
  }

  /** What the room must be above, in bytes. */
  long floor(long capacity) {
    return (long) (part * capacity);
  }

  Duration longestWait() {
    return longest;
  }
}
