package io.towncrier.notices.planning;

import io.towncrier.notices.Notice;
import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.preferences.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** When the devices of one page are due: pure. */
final class DueRows {
  // FCM holds nothing longer (contract fcm-v1).
  private static final Duration LONGEST_LIFE = Duration.ofDays(28);

  private DueRows() {}

  /** Worked out from the start of the notice, whenever the page is reached. */
  static DueTimes dueTimes(
      Notice.Content content, List<Addressed> addressed, Instant startedAt, Duration jitter) {
    return content
        .schedule()
        .dueTimes(startedAt, addressed.stream().map(Addressed::place).distinct().toList(), jitter);
  }

  /** The last device has the whole TTL; no message lives longer than the provider holds it. */
  static Instant expiresAt(Notice.Content content, DueTimes due, Instant startedAt) {
    Instant wanted = due.last().orElse(startedAt).plus(content.ttl());
    Instant latest = due.first().orElse(startedAt).plus(LONGEST_LIFE);
    return wanted.isBefore(latest) ? wanted : latest;
  }

  /**
   * The deliveries.
   *
   * @param expired whether the notice was over before this page was reached
   */
  static List<Recipient> of(
      String notice, List<Addressed> addressed, DueTimes due, Instant startedAt, boolean expired) {
    // A device is early in one notice and late in the next.
    long seed = notice.hashCode();
    return addressed.stream()
        .map(
            one -> {
              Optional<Slot> slot = due.at(one.place());
              return new Recipient(
                  one.device(),
                  one.about(),
                  slot.map(s -> s.moment(share(one.device(), seed))).orElse(startedAt),
                  slot.isEmpty()
                      ? Optional.of(Suppression.UNKNOWN_ZONE)
                      : expired ? Optional.of(Suppression.EXPIRED) : Optional.empty());
            })
        .toList();
  }

  /** Where a device is between the first and the last: from 0 to 1, even, the same each time. */
  static double share(String device, long seed) {
    long hash = seed;
    for (int i = 0; i < device.length(); i++) {
      hash = hash * 31 + device.charAt(i);
    }
    // The last steps of SplitMix64: neighbours are far apart.
    hash = (hash ^ (hash >>> 30)) * 0xBF58476D1CE4E5B9L;
    hash = (hash ^ (hash >>> 27)) * 0x94D049BB133111EBL;
    return ((hash ^ (hash >>> 31)) >>> 11) * 0x1.0p-53;
  }
}
