package io.towncrier.fleet;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.Sealed;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * A value that reaches or names somebody, as it is kept.
 *
 * @param account of a subject: the account whose it is
 * @param place to which it is sealed
 */
public record PersonalValue(Kind kind, Optional<String> account, Sealed sealed, Place place) {
  /** What is kept sealed of somebody. */
  public enum Kind {
    PUSH_ADDRESS,
    SUBJECT;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Kind> parse(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  /**
   * A value as operators see it: its end, by which two can be told apart. Of a short one nothing is
   * shown, as the rest could be guessed.
   */
  static String masked(Secret value) {
    String text = value.reveal();
    int shown = text.codePointCount(0, text.length()) < SHORTEST_SHOWN ? 0 : SHOWN;
    return HIDDEN + text.substring(text.offsetByCodePoints(text.length(), -shown));
  }

  private static final String HIDDEN = "••••";
  private static final int SHORTEST_SHOWN = 12;
  private static final int SHOWN = 4;
}
