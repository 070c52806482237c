package io.towncrier.privacyrequests;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * Until when a request is answered. Days are 24 hours from the moment at which the person's
 * identity was verified, so that no time zone makes one of them longer.
 *
 * @param due the end of the fifteenth day
 */
public record Deadline(Instant due) {
  static final Duration ANSWER_WITHIN = Duration.ofDays(15);
  static final Duration REMIND_AFTER = Duration.ofDays(10);
  static final Duration ALARM_AFTER = Duration.ofDays(14);

  public static Deadline of(Instant verified) {
    return new Deadline(verified.plus(ANSWER_WITHIN));
  }

  /** How near it is. */
  public Urgency urgency(Instant now) {
    if (!now.isBefore(due)) {
      return Urgency.OVERDUE;
    } else if (!now.isBefore(due.minus(ANSWER_WITHIN.minus(ALARM_AFTER)))) {
      return Urgency.ALARM;
    }
    return now.isBefore(due.minus(ANSWER_WITHIN.minus(REMIND_AFTER)))
        ? Urgency.ON_TIME
        : Urgency.REMIND;
  }

  /** A request has this urgency, or a higher one, when it is due before that moment, or at it. */
  static Instant dueAtMost(Urgency urgency, Instant now) {
    return switch (urgency) {
      case ON_TIME -> Instant.MAX;
      case REMIND -> now.plus(ANSWER_WITHIN.minus(REMIND_AFTER));
      case ALARM -> now.plus(ANSWER_WITHIN.minus(ALARM_AFTER));
      case OVERDUE -> now;
    };
  }

  /** How near the deadline of an open request is, the most urgent last. */
  public enum Urgency {
    ON_TIME,
    REMIND,
    ALARM,
    OVERDUE;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the alarm rings for it. */
    public boolean rings() {
      return this == ALARM || this == OVERDUE;
    }
  }
}
