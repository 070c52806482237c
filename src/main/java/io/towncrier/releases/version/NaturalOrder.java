package io.towncrier.releases.version;

import java.util.List;
import java.util.Optional;

/**
 * Numbers by value, {@code 25.12.10} after {@code 25.12.5}; words that announce a version before
 * it, {@code 24.10.0-rc7} before {@code 24.10.0}, and so {@code a}, {@code b} and {@code c} with
 * digits directly behind them, {@code 1.0b2} before {@code 1.0}; other words and letters behind it,
 * {@code V2.3.10_build20240401} after {@code V2.3.10}, {@code 1.0.9a} after {@code 1.0.9}, {@code
 * 1.0p1} after {@code 1.0}. {@code 1.0} and {@code 1.0.0} are the same.
 */
final class NaturalOrder {
  private static final long[] BEFORE =
      List.of("dev", "snapshot", "alpha", "a", "beta", "b", "pre", "preview", "c", "rc").stream()
          .mapToLong(word -> SortKey.packed(word, 0, word.length(), true))
          .toArray();
  private static final long LETTER_C = SortKey.packed("c", 0, 1, true);
  private static final int USUAL_TOKENS = 6;

  private NaturalOrder() {}

  static Optional<Version> parse(String text) {
    return parse(text, false);
  }

  /**
   * As it was read before a bare letter was a later build: {@code a} and {@code b} were words that
   * announce a version, with digits behind them or without, and {@code c} was none.
   */
  static Optional<Version> parseFormerly(String text) {
    return parse(text, true);
  }

  private static Optional<Version> parse(String text, boolean formerly) {
    if (!VersionText.isAllowed(text)) {
      return Optional.empty();
    }
    SortKey.Builder key = new SortKey.Builder(USUAL_TOKENS);
    boolean hasNumber = false;
    int at = startOf(text);
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (VersionText.isDigit(c)) {
        end = VersionText.endOfDigits(text, end);
        key.addNumber(text, at, end);
        hasNumber = true;
      } else if (VersionText.isLetter(c)) {
        end = endOfLetters(text, end);
        addWord(key, text, at, end, formerly);
      }
      at = end;
    }
    key.dropTrailingZeros();
    return hasNumber
        ? Optional.of(new Version(VersionScheme.NATURAL, text, key.build()))
        : Optional.empty();
  }

  private static int startOf(String text) {
    boolean prefixed =
        text.length() > 1
            && VersionText.isVersionPrefix(text.charAt(0))
            && VersionText.isDigit(text.charAt(1));
    return prefixed ? 1 : 0;
  }

  private static int endOfLetters(String text, int from) {
    int end = from;
    while (end < text.length() && VersionText.isLetter(text.charAt(end))) {
      end++;
    }
    return end;
  }

  /** As in 1.0.9a, a later build; 1.0.9a1 is the first alpha. */
  private static boolean isBareLetter(String text, int from, int to) {
    return to - from == 1 && (to == text.length() || !VersionText.isDigit(text.charAt(to)));
  }

  private static void addWord(
      SortKey.Builder key, String text, int from, int to, boolean formerly) {
    // 1.0 and 1.0.0 are one version; without this the order would not be transitive beside 1.0-x.
    key.dropTrailingZeros();
    long packed = SortKey.packed(text, from, to, true);
    if (formerly ? packed == LETTER_C : isBareLetter(text, from, to)) {
      key.add(SortKey.SMALL_WORD + packed);
      return;
    }
    for (int i = 0; i < BEFORE.length; i++) {
      if (BEFORE[i] == packed) {
        // Before the end: 1.0-rc is older than 1.0.
        key.add(SortKey.END - BEFORE.length + i);
        return;
      }
    }
    key.addWord(SortKey.SMALL_WORD, text, from, to, true);
  }
}
