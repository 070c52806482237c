package io.towncrier.downloads;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * To which downloads one device was admitted in its present day, which begins when it asks. A
 * device says itself what it is and where: whatever it says, in a day it takes from one region
 * alone, once for a release, and for few releases. Pure: the clock is given.
 *
 * @param since when its day began, in seconds since 1970
 * @param region whose budget it takes from
 * @param releases their versions
 */
public record Admissions(long since, String region, List<String> releases) {
  /** Floor releases make a chain of some; more in a day is no update. */
  static final int MOST = 4;

  /** For how long one counts. */
  public static final Duration PERIOD = Duration.ofDays(1);

  static final long DAY = PERIOD.toSeconds();

  public Admissions {
    releases = List.copyOf(releases);
  }

  static Admissions none(String region, long now) {
    return new Admissions(now, region, List.of());
  }

  /** The same, or a new day of a device that is there now. */
  Admissions at(String where, long now) {
    boolean isToday = now < since + DAY && since - now <= Bucket.MOST_SKEW;
    return isToday ? this : none(where, now);
  }

  /** What hangs on the device alone; empty where its region has to be asked. */
  Optional<Answer> answer(String release, long now) {
    if (releases.contains(release)) {
      return Optional.of(Answer.ADMITTED);
    }
    long left = Math.max(Bucket.SHORTEST_WAIT, since + DAY - now);
    return releases.size() < MOST
        ? Optional.empty()
        : Optional.of(Answer.waits(Duration.ofSeconds(left)));
  }

  Admissions and(String release) {
    return new Admissions(
        since, region, Stream.concat(releases.stream(), Stream.of(release)).toList());
  }
}
