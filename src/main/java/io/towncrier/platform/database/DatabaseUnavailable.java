package io.towncrier.platform.database;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The database did not do what it was asked to, and may do so in a moment: nothing was stored. */
public final class DatabaseUnavailable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Why why;

  /**
   * With what it was noticed by.
   *
   * @param cause empty when nothing came at all
   */
  public DatabaseUnavailable(Why why, @Nullable Throwable cause) {
    super("the database " + why.text, cause, false, false);
    this.why = why;
  }

  public Why why() {
    return why;
  }

  /** What is wrong with it. */
  public enum Why {
    /** It cannot be reached, or does not take us in. */
    AWAY("is away"),
    /** It does not answer in time. */
    SILENT("does not answer in time"),
    /** It has no room to write. */
    FULL("is full"),
    /** What was asked for is held by somebody else for too long. */
    LOCKED("keeps something locked for too long"),
    /** Its role lacks the bounds of time without which the opt-out fence does not hold. */
    UNBOUNDED("lacks bounds of time");

    private final String text;

    Why(String text) {
      this.text = text;
    }

    /** What follows "the database ". */
    public String text() {
      return text;
    }

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
