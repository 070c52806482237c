package io.towncrier.releases.version;

/** The characters of version texts. ASCII only: a digit of another script is no digit here. */
final class VersionText {
  private VersionText() {}

  /** Whether the text can be a version in any scheme. */
  static boolean isAllowed(String text) {
    if (text.isEmpty() || text.length() > Version.MAX_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (!isAllowed(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isAllowed(char c) {
    return isDigit(c) || isLetter(c) || "._+~-".indexOf(c) >= 0;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    char lower = toLower(c);
    return lower >= 'a' && lower <= 'z';
  }

  /** For letters; makes no letter of what is none. */
  static char toLower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }

  static boolean isVersionPrefix(char c) {
    return c == 'v' || c == 'V';
  }

  /** Where the digits that start here end. */
  static int endOfDigits(String text, int from) {
    int end = from;
    while (end < text.length() && isDigit(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
