package io.towncrier.releases.targeting;

import java.time.DayOfWeek;
import java.util.Set;

/**
 * Hours that come again on some days of the week, counted in local seconds: the epoch seconds that
 * UTC would have if its clocks showed the local time.
 *
 * @param from seconds from midnight to their beginning
 * @param length in seconds, less than a day, so that they are over before they begin anew
 * @param days on which they begin, as bits, Monday the lowest; never 0
 */
record WeeklyHours(int from, int length, int days) {
  private static final int DAY = 86_400;
  private static final int EVERY_DAY = 0b111_1111;

  /** The day that epoch days count from was a Thursday. */
  private static final int FIRST_WEEKDAY = DayOfWeek.THURSDAY.getValue() - 1;

  static WeeklyHours of(InstallWindow.Hours hours, Set<DayOfWeek> days) {
    int from = hours.from().toSecondOfDay();
    int length = Math.floorMod(hours.to().toSecondOfDay() - from, DAY);
    if (days.isEmpty()) {
      return new WeeklyHours(from, length, EVERY_DAY);
    }
    int bits = 0;
    for (int day = 1; day <= 7; day++) {
      bits |= days.contains(DayOfWeek.of(day)) ? 1 << (day - 1) : 0;
    }
    return new WeeklyHours(from, length, bits);
  }

  /** After how many seconds they come again. */
  int period() {
    return days == EVERY_DAY ? DAY : 7 * DAY;
  }

  boolean contains(long local) {
    return firstFrom(local) == local;
  }

  /** The first local second inside of the hours that is not before the given one. */
  long firstFrom(long local) {
    // Being shorter than a day, only the last beginning can reach as far as this second.
    long day = Math.floorDiv(local - from, (long) DAY);
    if (beginsOn(day) && local < start(day) + length) {
      return local;
    }
    do {
      day++;
    } while (!beginsOn(day));
    return start(day);
  }

  /** The first local second behind the hours that the given one lies in. */
  long endOf(long local) {
    return start(Math.floorDiv(local - from, (long) DAY)) + length;
  }

  private long start(long day) {
    return day * DAY + from;
  }

  private boolean beginsOn(long day) {
    return (days & (1 << Math.floorMod(day + FIRST_WEEKDAY, 7))) != 0;
  }
}
