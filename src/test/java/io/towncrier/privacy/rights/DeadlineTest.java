package io.towncrier.privacy.rights;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.Random;
import java.util.TimeZone;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Erased no later than six calendar months after, less the backups. */
@Tag("zoneless")
class DeadlineTest {
  private static final Duration BACKUPS = Duration.ofDays(35);
  private static final Duration A_DAY = Duration.ofDays(1);

  @Test
  void theDaysThatASixthMonthDoesNotHave() {
    assertThat(sixMonthsAfter("2027-08-31T10:00:00Z")).isEqualTo("2028-02-29T10:00:00Z");
    assertThat(sixMonthsAfter("2026-08-31T10:00:00Z")).isEqualTo("2027-02-28T10:00:00Z");
    assertThat(sixMonthsAfter("2028-02-29T23:59:59Z")).isEqualTo("2028-08-29T23:59:59Z");
    assertThat(sixMonthsAfter("2026-12-31T00:00:00Z")).isEqualTo("2027-06-30T00:00:00Z");
  }

  @Test
  void theCellsKeepTheirBackupsNoLongerThanDeadlinesAssume() throws IOException {
    String cells = Files.readString(Path.of("infra", "cells.json"));
    assertThat(
            Pattern.compile("\"backupDays\": (\\d+)")
                .matcher(cells)
                .results()
                .map(days -> Duration.ofDays(Long.parseLong(days.group(1)))))
        .isNotEmpty()
        .allMatch(days -> days.compareTo(BACKUPS) <= 0);
  }

  @Test
  void aMinorsDataAreErasedWithinADay() {
    Instant cancelled = Instant.parse("2026-08-31T10:00:00Z");
    assertThat(Deadline.of(cancelled, Ground.MINOR, BACKUPS))
        .isEqualTo(new Deadline(cancelled, cancelled.plus(A_DAY)));
  }

  @Test
  void ofAHundredThousandAccountsInThreeYearsNoneIsErasedLate() {
    Random random = new Random(17);
    Instant begin = Instant.parse("2026-01-01T00:00:00Z");
    for (int i = 0; i < 100_000; i++) {
      Instant cancelled = begin.plusSeconds(random.nextInt(3 * 365 * 86_400));
      Ground ground = random.nextInt(20) == 0 ? Ground.MINOR : Ground.ACCOUNT_CANCELLED;
      Deadline deadline = Deadline.of(cancelled, ground, BACKUPS);
      Instant sixMonths = byTheCalendar(cancelled);

      assertThat(deadline.from()).isBeforeOrEqualTo(deadline.by()).isAfterOrEqualTo(cancelled);
      assertThat(deadline.by().plus(BACKUPS)).isBeforeOrEqualTo(sixMonths);
      if (ground == Ground.MINOR) {
        assertThat(deadline.by()).isEqualTo(cancelled.plus(A_DAY));
      } else {
        // And not long before: what is kept may be needed.
        assertThat(deadline.from()).isAfter(sixMonths.minus(BACKUPS).minus(Duration.ofDays(3)));
      }
      // The job runs each hour, and stood still for up to a day before it.
      Duration stillness = ground == Ground.MINOR ? Duration.ofHours(22) : Duration.ofHours(46);
      Instant run = deadline.from().plusSeconds(random.nextInt((int) stillness.toSeconds() + 3600));
      assertThat(run).isBeforeOrEqualTo(deadline.by());
    }
  }

  private static String sixMonthsAfter(String cancelled) {
    return Deadline.of(Instant.parse(cancelled), Ground.ACCOUNT_CANCELLED, BACKUPS)
        .by()
        .plus(BACKUPS)
        .toString();
  }

  /** The same by another calendar of the JDK, month by month. */
  private static Instant byTheCalendar(Instant cancelled) {
    GregorianCalendar calendar = new GregorianCalendar(TimeZone.getTimeZone("UTC"));
    calendar.setTimeInMillis(cancelled.toEpochMilli());
    int day = calendar.get(Calendar.DAY_OF_MONTH);
    calendar.set(Calendar.DAY_OF_MONTH, 1);
    for (int month = 0; month < 6; month++) {
      calendar.roll(Calendar.MONTH, 1);
      if (calendar.get(Calendar.MONTH) == Calendar.JANUARY) {
        calendar.roll(Calendar.YEAR, 1);
      }
    }
    calendar.set(
        Calendar.DAY_OF_MONTH, Math.min(day, calendar.getActualMaximum(Calendar.DAY_OF_MONTH)));
    return Instant.ofEpochMilli(calendar.getTimeInMillis());
  }
}
