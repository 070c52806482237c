package io.towncrier.releases;

import java.util.Locale;

/**
 * Something that the linter has to say about a catalogue.
 *
 * @param level whether it forbids publishing
 * @param code kebab-case
 * @param product id
 * @param place below the product: {@code releases[2.0].rules[beta]}; empty for the product itself
 * @param message for people
 */
public record Finding(Level level, String code, String product, String place, String message) {
  /** How bad it is. */
  public enum Level {
    ERROR,
    WARNING;

    /** As it stands in answers. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public boolean isError() {
    return level == Level.ERROR;
  }

  /** The same, found in another product. */
  public Finding of(String other) {
    return new Finding(level, code, other, place, message);
  }

  /** Product and place, as one path. */
  public String path() {
    return "products[" + product + "]" + (place.isEmpty() ? "" : "." + place);
  }
}
