package io.towncrier.delivery.vendors;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What a vendor may do with messages, if they go by its channel. Which vendor's phone a device is,
 * we do not know.
 *
 * @param hiddenFrom from when on it may show nothing
 * @param hiddenUntil until when
 * @param lostIfSentBefore a message sent in these hours before this moment expires before they end
 * @param perDay how many of this class it shows on a device in a day
 * @param text the same in words
 */
@Schema(name = "VendorEffect")
public record VendorEffect(
    String vendor,
    Optional<Instant> hiddenFrom,
    Optional<Instant> hiddenUntil,
    Optional<Instant> lostIfSentBefore,
    Optional<Integer> perDay,
    String text) {
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(VendorRules.ZONE);
  private static final String CLOCK = " (" + VendorRules.ZONE.getId() + ")";

  /** Hours in which nothing is shown. */
  record Hidden(Instant from, Instant until, Optional<Instant> lostIfSentBefore) {}

  static VendorEffect of(
      VendorRule rule, Optional<Hidden> hidden, Optional<Integer> perDay, String text) {
    return new VendorEffect(
        rule.vendor(),
        hidden.map(Hidden::from),
        hidden.map(Hidden::until),
        hidden.flatMap(Hidden::lostIfSentBefore),
        perDay,
        text);
  }

  static String hour(Instant moment) {
    return HOUR.format(moment) + CLOCK;
  }
}
