package io.towncrier.fleet;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A fact by which devices are counted. */
public enum Axis {
  PRODUCT,
  VERSION,
  COUNTRY,
  TIMEZONE,
  LANGUAGE,
  CHANNEL,
  KIND;

  /** In counts: of devices of which the fact is not known. */
  public static final String UNKNOWN = "";

  /** Its name for people and programs. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether it may be that a device did not say, or that it could not be read. */
  public boolean mayBeUnknown() {
    return this == COUNTRY || this == TIMEZONE || this == LANGUAGE;
  }

  public static Optional<Axis> parse(String code) {
    return Arrays.stream(values()).filter(axis -> axis.code().equals(code)).findFirst();
  }
}
