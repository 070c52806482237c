package io.towncrier.artifacts.files;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which bytes of a file are asked for (RFC 9110 section 14). */
sealed interface ByteRange {
  /** All: none are named, or they are named in a way that may be ignored. */
  record Whole() implements ByteRange {}

  /**
   * A part.
   *
   * @param first from 0
   * @param length at least 1
   */
  record Part(long first, long length) implements ByteRange {
    /** As it stands in {@code Content-Range}. */
    String of(long size) {
      return "bytes " + first + "-" + (first + length - 1) + "/" + size;
    }
  }

  /** There are no such bytes. */
  record Unsatisfiable() implements ByteRange {}

  Pattern ONE = Pattern.compile("bytes=\\s*(\\d{0,18})-(\\d{0,18})\\s*", Pattern.CASE_INSENSITIVE);

  /**
   * Reads the header. Several ranges in one request are answered with the whole file, as a server
   * may: an answer in many parts would cost more than it saves.
   *
   * @param header empty or unreadable: all
   * @param size of the file, at least 1
   */
  static ByteRange of(@Nullable String header, long size) {
    Matcher one = header == null ? null : ONE.matcher(header);
    if (one == null || !one.matches() || (one.group(1).isEmpty() && one.group(2).isEmpty())) {
      return new Whole();
    }
    if (one.group(1).isEmpty()) {
      long last = Math.min(size, Long.parseLong(one.group(2)));
      return last == 0 ? new Unsatisfiable() : new Part(size - last, last);
    }
    long first = Long.parseLong(one.group(1));
    long end = one.group(2).isEmpty() ? Long.MAX_VALUE : Long.parseLong(one.group(2));
    if (end < first) {
      // Not a range at all.
      return new Whole();
    }
    return first >= size
        ? new Unsatisfiable()
        : new Part(first, Math.min(end, size - 1) - first + 1);
  }
}
