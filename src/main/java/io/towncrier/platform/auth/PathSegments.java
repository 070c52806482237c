package io.towncrier.platform.auth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads a segment of a path as endpoints read it. */
final class PathSegments {
  private static final int ESCAPE = 3;
  private static final int HEX = 16;

  private PathSegments() {}

  /** Without its escapes, which were looked at before: each has two hexadecimal digits. */
  static String decoded(String segment) {
    if (segment.indexOf('%') < 0) {
      return segment;
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int at = 0; at < segment.length(); at++) {
      char c = segment.charAt(at);
      if (c == '%' && at + ESCAPE <= segment.length()) {
        bytes.write(Integer.parseInt(segment, at + 1, at + ESCAPE, HEX));
        at += ESCAPE - 1;
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
