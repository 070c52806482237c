package io.towncrier.notices.counts;

/**
 * How many devices a notice has asked for a consent, and what they answered. Who has answered and
 * was deleted since stays counted.
 */
public record ConsentCounts(long asked, long given, long declined) {
  /** Who was asked and has not answered. */
  public long open() {
    return Math.max(0, asked - given - declined);
  }
}
