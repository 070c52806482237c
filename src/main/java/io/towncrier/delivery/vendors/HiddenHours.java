package io.towncrier.delivery.vendors;

import io.towncrier.preferences.QuietHours;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.util.Optional;

/**
 * Hours of each day in which a vendor shows nothing; they may go over midnight.
 *
 * @param from when they begin
 * @param until when they are over
 */
record HiddenHours(LocalTime from, LocalTime until) {
  HiddenHours {
    if (from.equals(until)) {
      throw new IllegalArgumentException("hours of no length");
    }
  }

  /** When the hours are over in which a moment lies, if it lies in some. */
  Optional<Instant> endOf(Instant moment) {
    return new QuietHours(from, until).endAfter(moment, VendorRules.ZONE);
  }

  /** The first moment of a time, its ends included, that lies in such hours. */
  Optional<Instant> firstWithin(Instant begin, Instant end) {
    if (endOf(begin).isPresent()) {
      return Optional.of(begin);
    }
    ZonedDateTime there = begin.atZone(VendorRules.ZONE);
    ZonedDateTime next = there.toLocalDate().atTime(from).atZone(VendorRules.ZONE);
    Instant first = (next.isAfter(there) ? next : next.plusDays(1)).toInstant();
    return first.isAfter(end) ? Optional.empty() : Optional.of(first);
  }
}
