package io.towncrier.delivery.vendors;

import java.time.LocalTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What one vendor does with one class of messages.
 *
 * @param hidden hours in which it shows nothing
 * @param condition under which alone it does so
 * @param perDay how many messages a day it shows on a device
 * @param isSecondHand whether others say so, and neither the vendor nor Getui
 */
record VendorRule(
    String vendor,
    MessageClass messageClass,
    Optional<HiddenHours> hidden,
    Optional<String> condition,
    Optional<Integer> perDay,
    boolean isSecondHand) {
  private static final int COLUMNS = 7;
  private static final String SECOND_HAND = "second-hand";
  private static final List<String> SOURCES = List.of("getui", SECOND_HAND);

  /** A row of the table; its last column says who says so. */
  static VendorRule read(String line) {
    String[] row = line.split(",", -1);
    if (row.length != COLUMNS || !SOURCES.contains(row[6])) {
      throw new IllegalStateException("no rule of a vendor: " + line);
    }
    Optional<HiddenHours> hidden =
        row[2].isEmpty()
            ? Optional.empty()
            : Optional.of(new HiddenHours(LocalTime.parse(row[2]), LocalTime.parse(row[3])));
    return new VendorRule(
        row[0],
        MessageClass.valueOf(row[1].toUpperCase(Locale.ROOT)),
        hidden,
        Optional.of(row[4]).filter(text -> !text.isEmpty()),
        Optional.of(row[5]).filter(text -> !text.isEmpty()).map(Integer::valueOf),
        row[6].equals(SECOND_HAND));
  }

  /** The vendor, for a sentence that says what it does: and who says so. */
  String named() {
    return isSecondHand ? vendor + " (as third parties say)" : vendor;
  }
}
