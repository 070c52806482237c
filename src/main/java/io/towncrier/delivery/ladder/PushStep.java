package io.towncrier.delivery.ladder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What somebody says of a push after its provider has accepted it. */
public enum PushStep {
  /** The provider keeps it, since it does not reach the phone now. */
  HELD,
  /** It is on the phone. */
  ARRIVED,
  /** It stands on the screen. */
  SHOWN,
  /** The user has touched it. */
  OPENED,
  /** It is not shown, for a reason. */
  DROPPED,
  /** The notice was read in a list; that says nothing of its push. */
  SEEN;

  /** As it stands in JSON and in the table. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<PushStep> parse(String code) {
    return Arrays.stream(values()).filter(step -> step.code().equals(code)).findFirst();
  }
}
