package io.towncrier.delivery.ladder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who says that a push took a step. */
public enum StepSource {
  /** The app on the phone, in a check that the device's secret signs in. */
  APP,
  /** The push provider, by a receipt. */
  PROVIDER,
  /** The list of notices, when one is read. */
  INBOX;

  /** As it stands in JSON and in the table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<StepSource> parse(String code) {
    return Arrays.stream(values()).filter(source -> source.code().equals(code)).findFirst();
  }
}
