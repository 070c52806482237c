package io.towncrier.platform.language;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts as a reader sees them. */
public final class VisibleText {
  // An extended grapheme cluster, UAX #29: what a user takes for one character.
  private static final Pattern CHARACTER = Pattern.compile("\\X");

  private VisibleText() {}

  /**
   * Whether there is anything to be seen: no blanks alone, and nothing that only joins or hides.
   */
  public static boolean isVisible(String text) {
    return text.codePoints().anyMatch(VisibleText::isVisible);
  }

  /**
   * The beginning of a text that is at most so long, cut between characters as a user perceives
   * them: no half flag, no letter without its accent.
   *
   * @param length in UTF-16 units
   */
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    Matcher character = CHARACTER.matcher(text);
    int end = 0;
    while (character.find() && character.end() <= length) {
      end = character.end();
    }
    return text.substring(0, end);
  }

  private static boolean isVisible(int c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT ->
          false;
      // Marks need a letter to stand on; some letters are fillers without a shape.
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> false;
      default -> !isFiller(c);
    };
  }

  /** Default_Ignorable_Code_Point of the letters, and the empty pattern of Braille. */
  private static boolean isFiller(int c) {
    return c == 0x115F || c == 0x1160 || c == 0x3164 || c == 0xFFA0 || c == 0x2800;
  }
}
