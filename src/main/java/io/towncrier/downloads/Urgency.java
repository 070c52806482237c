package io.towncrier.downloads;

import java.time.Duration;

/** How far the budget is used up for an offer, and how long it may have to wait. */
public enum Urgency {
  /** Leaves half of the bucket to what is urgent. */
  USUAL(0.5, Duration.ofHours(6)),
  /** A person waits for it: before others, and leaves a quarter to security releases. */
  BY_HAND(0.25, Duration.ofMinutes(15)),
  /** A security release, also by hand: all that is there. */
  SECURITY(0, Duration.ofHours(1));

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
