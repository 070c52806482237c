package io.towncrier.releases.version;

import java.util.Optional;

/**
 * Semantic Versioning 2.0.0, https://semver.org: the grammar of its sections 2, 9 and 10 and the
 * precedence of section 11. A {@code v} in front, which the specification calls no part of the
 * version, is left out.
 */
final class SemanticOrder {
  // Section 11.3: behind every pre-release of the same three numbers.
  private static final long RELEASE = Long.MAX_VALUE;
  private static final int USUAL_CELLS = 6;

  private SemanticOrder() {}

  static Optional<Version> parse(String text) {
    if (text.isEmpty() || text.length() > Version.MAX_LENGTH) {
      return Optional.empty();
    }
    int start = VersionText.isVersionPrefix(text.charAt(0)) ? 1 : 0;
    int plus = text.indexOf('+');
    int end = plus < 0 ? text.length() : plus;
    int hyphen = find('-', text, start, end);
    SortKey.Builder key = new SortKey.Builder(USUAL_CELLS);
    boolean understood =
        addNumbers(key, text, start, hyphen)
            && (hyphen == end ? addRelease(key) : addPreRelease(key, text, hyphen + 1, end))
            && (plus < 0 || isBuild(text, plus + 1));
    return understood
        ? Optional.of(new Version(VersionScheme.SEMVER, text, key.build()))
        : Optional.empty();
  }

  /** 0.0.0-0: the least numbers, and the least pre-release of them. */
  static boolean isOldest(SortKey key) {
    return key.size() == 4
        && key.at(0) == SortKey.ZERO
        && key.at(1) == SortKey.ZERO
        && key.at(2) == SortKey.ZERO
        && key.at(3) == SortKey.ZERO;
  }

  /** After 1.0.0-a comes 1.0.0-a.0, and after 1.0.0 comes 1.0.1-0; nothing stands between. */
  static boolean isNext(SortKey key, SortKey older) {
    int last = key.size() - 1;
    if (key.at(last) != SortKey.ZERO) {
      return false;
    }
    if (older.size() == last) {
      return key.startsLike(older, last);
    }
    return older.size() == key.size()
        && older.at(last) == RELEASE
        && key.startsLike(older, last - 1)
        && key.at(last - 1) - 1 == older.at(last - 1);
  }

  private static boolean addNumbers(SortKey.Builder key, String text, int from, int to) {
    int count = 0;
    for (int start = from; start <= to; count++) {
      int end = find('.', text, start, to);
      if (!isNumeric(text, start, end) || hasLeadingZero(text, start, end)) {
        return false;
      }
      key.addNumber(text, start, end);
      start = end + 1;
    }
    return count == 3;
  }

  private static boolean addRelease(SortKey.Builder key) {
    key.add(RELEASE);
    return true;
  }

  // Section 11.4: numbers by value and before words, words in ASCII order, more fields behind.
  private static boolean addPreRelease(SortKey.Builder key, String text, int from, int to) {
    for (int start = from; start <= to; ) {
      int end = find('.', text, start, to);
      if (isNumeric(text, start, end)) {
        if (hasLeadingZero(text, start, end)) {
          return false;
        }
        key.addNumber(text, start, end);
      } else if (isIdentifier(text, start, end)) {
        key.addWord(SortKey.GREAT_WORD, text, start, end, false);
      } else {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static boolean isBuild(String text, int from) {
    for (int start = from; start <= text.length(); ) {
      int end = find('.', text, start, text.length());
      if (!isIdentifier(text, start, end)) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private static int find(char wanted, String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != wanted) {
      at++;
    }
    return at;
  }

  private static boolean isNumeric(String text, int from, int to) {
    return from < to && VersionText.endOfDigits(text, from) >= to;
  }

  private static boolean hasLeadingZero(String text, int from, int to) {
    return to - from > 1 && text.charAt(from) == '0';
  }

  private static boolean isIdentifier(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (!VersionText.isDigit(c) && !VersionText.isLetter(c) && c != '-') {
        return false;
      }
    }
    return from < to;
  }
}
