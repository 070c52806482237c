package io.towncrier.downloads;

import java.time.Duration;

/**
 * What devices of one region may begin to download: a token bucket that is filled in steps of a
 * second, and the row of those who wait, as far as it is told them. Pure: the clock is given.
 *
 * @param second up to which it is filled, since 1970
 * @param room bytes that may be begun now; below zero, what was begun ahead of the budget
 * @param queueEnds when the last of those who wait was told to come, in milliseconds since 1970
 * @param securityEnds the same of those who wait for a security release: nobody stands before them
 */
public record Bucket(long second, long room, long queueEnds, long securityEnds) {
  /** So many seconds of the budget may be begun at once. */
  static final int BURST_SECONDS = 10;

  /** Nobody is asked to come back sooner; as with every check. */
  static final long SHORTEST_WAIT = 60;

  /** The row gets no longer: behind that each comes at its usual check, and tries again. */
  static final long LONGEST_WAIT = Duration.ofHours(6).toSeconds();

  // Processes whose clocks differ by more do not keep one budget.
  static final long MOST_SKEW = 60;
  private static final long MILLIS = 1_000;

  static Bucket full(long rate, long now) {
    return new Bucket(now, capacity(rate), 0, 0);
  }

  static long capacity(long rate) {
    return rate * BURST_SECONDS;
  }

  /**
   * Filled up to now. A clock that is behind adds nothing; only when the bucket is ahead by more
   * than clocks differ, its own moment was wrong, and it goes on from now.
   *
   * @param rate bytes a second
   */
  Bucket at(long now, long rate) {
    long passed = Math.max(0, now - second);
    long added = passed > Long.MAX_VALUE / rate ? Long.MAX_VALUE : passed * rate;
    long most = capacity(rate);
    long debt = Math.max(room, -mostDebt(rate));
    long filled = debt >= most - added ? most : debt + added;
    long from = second - now > MOST_SKEW ? now : Math.max(second, now);
    long latest = (now + LONGEST_WAIT) * MILLIS;
    return new Bucket(from, filled, Math.min(queueEnds, latest), Math.min(securityEnds, latest));
  }

  boolean hasRoom(Urgency urgency, long rate) {
    return room > urgency.floor(capacity(rate));
  }

  /**
   * Begins a download. It may be larger than what is there, or it never could begin; what is
   * missing is paid back before the next one, but never for longer than the longest wait.
   */
  Bucket take(long bytes, long rate) {
    long most = mostDebt(rate);
    return new Bucket(
        second, Math.max(room - Math.min(bytes, most), -most), queueEnds, securityEnds);
  }

  /** Puts downloads of so many bytes behind those who wait already and go before them. */
  Bucket queued(long bytes, Urgency urgency, long now, long rate) {
    if (bytes == 0) {
      return this;
    }
    long missing = urgency.floor(capacity(rate)) - room;
    long first = missing < 0 ? 0 : Math.min(missing / rate + 1, LONGEST_WAIT);
    boolean isSecurity = urgency == Urgency.SECURITY;
    long before = isSecurity ? securityEnds : Math.max(queueEnds, securityEnds);
    long from = Math.max(before, (now + Math.max(SHORTEST_WAIT, first)) * MILLIS);
    double takes = Math.ceil((double) MILLIS * bytes / rate);
    long ends = from + (long) Math.min(takes, (double) (LONGEST_WAIT * MILLIS));
    long end = Math.min(ends, (now + LONGEST_WAIT) * MILLIS);
    return isSecurity
        ? new Bucket(second, room, queueEnds, end)
        : new Bucket(second, room, end, securityEnds);
  }

  /** When the last of those who wait comes. */
  Duration toWait(Urgency urgency, long now) {
    long end = urgency == Urgency.SECURITY ? securityEnds : queueEnds;
    long seconds = Math.floorDiv(end, MILLIS) + 1 - now;
    long longest = urgency.longestWait().toSeconds();
    return Duration.ofSeconds(Math.max(SHORTEST_WAIT, Math.min(seconds, longest)));
  }

  private static long mostDebt(long rate) {
    return rate * LONGEST_WAIT;
  }
}
