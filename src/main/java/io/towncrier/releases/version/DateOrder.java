package io.towncrier.releases.version;

import java.time.Month;
import java.time.Year;
import java.util.Optional;

/**
 * A day, {@code 2024-04-01}, {@code 2024.04.01} or {@code 20240401}, and the sequence within it
 * behind a dot, a hyphen or an underscore: {@code 2024-04-01.2}. A day without a sequence is its
 * sequence 0.
 */
final class DateOrder {
  private static final int FIRST_YEAR = 1970;
  private static final long FIRST_DAY = 1970_01_01;
  private static final int COMPACT_LENGTH = 8;
  private static final int SPACED_LENGTH = 10;

  private DateOrder() {}

  static Optional<Version> parse(String text) {
    if (text.length() < COMPACT_LENGTH || text.length() > Version.MAX_LENGTH) {
      return Optional.empty();
    }
    boolean compact = VersionText.isDigit(text.charAt(4));
    if (!compact && !isSpaced(text)) {
      return Optional.empty();
    }
    int year = number(text, 0, 4);
    int month = compact ? number(text, 4, 6) : number(text, 5, 7);
    int day = compact ? number(text, 6, 8) : number(text, 8, 10);
    int end = compact ? COMPACT_LENGTH : SPACED_LENGTH;
    if (!isDay(year, month, day) || !isSequence(text, end)) {
      return Optional.empty();
    }
    SortKey.Builder key = new SortKey.Builder(2).add(year * 10_000L + month * 100L + day);
    if (end == text.length()) {
      key.add(SortKey.ZERO);
    } else {
      key.addNumber(text, end + 1, text.length());
    }
    return Optional.of(new Version(VersionScheme.DATE, text, key.build()));
  }

  static boolean isOldest(SortKey key) {
    return key.at(0) == FIRST_DAY && key.at(1) == SortKey.ZERO;
  }

  private static boolean isSpaced(String text) {
    char separator = text.charAt(4);
    return text.length() >= SPACED_LENGTH
        && (separator == '-' || separator == '.')
        && text.charAt(7) == separator;
  }

  /** -1 when not all of it are digits. */
  private static int number(String text, int from, int to) {
    return VersionText.endOfDigits(text, from) >= to ? Integer.parseInt(text, from, to, 10) : -1;
  }

  private static boolean isDay(int year, int month, int day) {
    return year >= FIRST_YEAR
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= Month.of(month).length(Year.isLeap(year));
  }

  private static boolean isSequence(String text, int from) {
    return from == text.length()
        || (from + 1 < text.length()
            && ".-_".indexOf(text.charAt(from)) >= 0
            && VersionText.endOfDigits(text, from + 1) == text.length());
  }
}
