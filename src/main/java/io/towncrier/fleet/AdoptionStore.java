package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Keeps how many devices there were of each version and in each country, over time. */
public interface AdoptionStore {
  /** By what devices are told apart. */
  enum By {
    VERSION,
    COUNTRY;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<By> parse(String code) {
      return Arrays.stream(values()).filter(by -> by.code().equals(code)).findFirst();
    }
  }

  /** How often it is counted. */
  enum Grain {
    /** Products of which a release is new. */
    HOUR,
    /** All products. */
    DAY
  }

  /**
   * Counts, in the current transaction, unless it was done for this moment.
   *
   * @param at the begin of the hour or day
   * @param newSince for hours: only products with a release that came out behind this moment
   * @return how many numbers were kept
   */
  Uni<Long> take(Grain grain, Instant at, Instant newSince);

  /**
   * What was counted, in the order of its moments: of each step the last.
   *
   * @param from at this moment or later
   * @param to before this moment
   */
  Uni<List<Point>> find(String product, By by, Instant from, Instant to, Duration step);

  /** Devices that were alike at a moment; empty value: not known. */
  record Point(Instant at, String value, long devices) {}
}
