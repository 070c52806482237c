package io.towncrier.releases;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much a release matters to those who do not have it yet. */
public enum Severity {
  SECURITY,
  CRITICAL,
  RECOMMENDED,
  OPTIONAL;

  public static Optional<Severity> parse(String code) {
    return Arrays.stream(values()).filter(s -> s.code().equals(code)).findFirst();
  }

  /** As it stands in JSON. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
