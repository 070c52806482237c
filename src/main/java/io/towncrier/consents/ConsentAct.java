package io.towncrier.consents;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Somebody has agreed, or has withdrawn that. Acts are only added: what was agreed to, and for how
 * long, can be shown afterwards.
 *
 * @param text that was shown; empty for a withdrawal that names none
 * @param crossing of {@link Kind#CROSS_BORDER}: what crosses the border, and to whom
 */
public record ConsentAct(
    Kind kind, boolean withdrawn, Optional<Text> text, Optional<Crossing> crossing, Instant at) {
  public ConsentAct {
    if (!withdrawn && text.isEmpty()) {
      throw new IllegalArgumentException("who agrees has read a text");
    }
    if (!withdrawn && (kind == Kind.CROSS_BORDER) != crossing.isPresent()) {
      throw new IllegalArgumentException("a border is crossed by something, to somebody");
    }
    // What is compared must be what the database gives back.
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  /** Whether this says what was said before, so that there is nothing to add. */
  boolean repeats(ConsentAct before) {
    return withdrawn == before.withdrawn
        && (withdrawn || (text.equals(before.text) && crossing.equals(before.crossing)));
  }

  /** What is agreed to. */
  public enum Kind {
    /** Pushes to the device. */
    PUSH,
    /** That a cell in another country keeps the data. */
    CROSS_BORDER;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public static Optional<Kind> parse(String code) {
      return Arrays.stream(values()).filter(kind -> kind.code().equals(code)).findFirst();
    }
  }

  /** The text that was shown: its version, and in which language (BCP 47). */
  public record Text(String version, String language) {}

  /** What crosses the border, and who gets it. */
  public record Crossing(String data, String recipient) {}
}
