package io.towncrier.preferences;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a notice is about, as users switch it on and off. */
public enum Category {
  FIRMWARE_UPDATE,
  APP_UPDATE,
  SECURITY,
  POLICY,
  ANNOUNCEMENT;

  public static Optional<Category> parse(String code) {
    return Arrays.stream(values()).filter(c -> c.code().equals(code)).findFirst();
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
