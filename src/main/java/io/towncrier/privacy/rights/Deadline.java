package io.towncrier.privacy.rights;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * When the data of a cancelled account are erased.
 *
 * @param from when the job erases them
 * @param by when it must have happened
 */
public record Deadline(Instant from, Instant by) {
  /** The privacy policy, sections 5.6 and 7: at most six months, backups included. */
  private static final int MONTHS = 6;

  /** The privacy policy, section 8, as soon as possible: our bound. */
  private static final Duration OF_MINORS = Duration.ofHours(24);

  /** For which the job may stand still without being late. */
  private static final Duration IN_RESERVE = Duration.ofDays(2);

  /**
   * Of an account that was cancelled at a moment. Months are those of the calendar in UTC; where
   * the sixth has no such day, its last one counts, so that nothing is kept for longer.
   *
   * @param backups for how long backups are kept, in which the data live on
   */
  public static Deadline of(Instant cancelled, Ground ground, Duration backups) {
    if (ground == Ground.MINOR) {
      return new Deadline(cancelled, cancelled.plus(OF_MINORS));
    }
    Instant by = cancelled.atOffset(ZoneOffset.UTC).plusMonths(MONTHS).toInstant().minus(backups);
    return new Deadline(by.minus(IN_RESERVE), by);
  }
}
