package io.towncrier.platform.rest.edge;

/**
 * Whether every reader of a path gives it the same meaning. Proxies, the router, the sign-in and
 * the endpoints each take a path apart in their own way; one that they could read differently is
 * refused before any of them does (docs/adr/0028).
 */
final class PlainPath {
  private static final int NO_OCTET = -1;

  private PlainPath() {}

  /**
   * Whether a path, as it was sent, has neither a separator in disguise ({@code ;}, {@code \},
   * their escapes, an escaped {@code /} or NUL), nor a dot segment, nor an escape that is none.
   */
  static boolean is(String path) {
    int dots = 0;
    boolean others = false;
    for (int i = 0; i < path.length(); i++) {
      int c = path.charAt(i);
      if (c == '/') {
        if (isDotSegment(dots, others)) {
          return false;
        }
        dots = 0;
        others = false;
        continue;
      }
      if (c == '%') {
        c = octet(path, i + 1);
        if (c == '/' || !isOctetOfText(c)) {
          return false;
        }
        i += 2;
      } else if (c <= ' ' || c == 0x7F) {
        return false;
      }
      if (c == ';' || c == '\\') {
        return false;
      }
      if (c == '.') {
        dots++;
      } else {
        others = true;
      }
    }
    return !isDotSegment(dots, others);
  }

  private static boolean isDotSegment(int dots, boolean others) {
    return !others && (dots == 1 || dots == 2);
  }

  /** Of what stands behind a percent sign; negative when that is no escape. */
  private static int octet(String path, int from) {
    if (from + 2 > path.length()) {
      return NO_OCTET;
    }
    int high = Character.digit(path.charAt(from), 16);
    int low = Character.digit(path.charAt(from + 1), 16);
    return high < 0 || low < 0 ? NO_OCTET : 16 * high + low;
  }

  /** Some octets stand in no UTF-8: what readers make of them differs (RFC 3629 section 1). */
  private static boolean isOctetOfText(int octet) {
    return octet > 0 && octet != 0xC0 && octet != 0xC1 && octet < 0xF5;
  }
}
