package io.towncrier.ddi;

import io.towncrier.updates.NextCheck;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/**
 * When a client polls again. Neither client reads Retry-After, so this is all that spreads them:
 * each device goes before or behind the middle by a number of its own.
 *
 * @param seconds at least 1, and less than a day: swupdate fails a poll that says anything else
 */
public record Sleep(long seconds) {
  private static final long LONGEST = Duration.ofDays(1).toSeconds() - 1;
  private static final int PARTS = 1_000;
  private static final int SECONDS = 60;
  // In which a device keeps its number: of an hour each poll is at another place.
  private static final int HOUR = 3_600;

  public Sleep {
    if (seconds < 1 || seconds > LONGEST) {
      throw new IllegalArgumentException("no sleep of " + seconds + " s");
    }
  }

  /** As the check says it. */
  static Sleep usual(NextCheck next, String deviceId, Instant now) {
    return around(next.seconds(), next.spreadSeconds(), deviceId, now);
  }

  /** About so long: a tenth before or behind it. */
  static Sleep about(Duration time, String deviceId, Instant now) {
    return around(time.toSeconds(), time.toSeconds() / 10, deviceId, now);
  }

  /** Until a window opens, and behind that by as much as a check would be spread. */
  static Sleep until(long opensInSeconds, NextCheck next, String deviceId, Instant now) {
    long spread = next.spreadSeconds();
    return around(opensInSeconds + spread, spread, deviceId, now);
  }

  Sleep orSooner(Sleep other) {
    return other.seconds < seconds ? other : this;
  }

  private static Sleep around(long middle, long spread, String deviceId, Instant now) {
    long hour = now.getEpochSecond() / HOUR;
    int place = Math.floorMod(mixed(31 * deviceId.hashCode() + Long.hashCode(hour)), PARTS);
    long seconds = middle - spread + 2 * spread * place / (PARTS - 1);
    return new Sleep(Math.max(1, Math.min(LONGEST, seconds)));
  }

  /** Evenly over texts that differ little (the finalizer of MurmurHash3). */
  private static int mixed(int hash) {
    int h = (hash ^ (hash >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return h ^ (h >>> 16);
  }

  /** As DDI writes it: {@code HH:MM:SS}. */
  public String text() {
    return String.format(
        Locale.ROOT,
        "%02d:%02d:%02d",
        seconds / HOUR,
        seconds / SECONDS % SECONDS,
        seconds % SECONDS);
  }
}
