package io.towncrier.delivery.ladder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Where a delivery stands on the ladder. */
public enum Rung {
  /** Its provider has not accepted it. */
  PLANNED,
  ACCEPTED,
  HELD,
  ARRIVED,
  SHOWN,
  OPENED,
  DROPPED;

  /** As it stands in JSON and in the table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Rung> parse(String code) {
    return Arrays.stream(values()).filter(rung -> rung.code().equals(code)).findFirst();
  }
}
