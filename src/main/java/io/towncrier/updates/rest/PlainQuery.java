package io.towncrier.updates.rest;

import io.towncrier.updates.ReadFacts;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts in a query that is written as clients do nearly always: known names, each once, and
 * ASCII. Such a query is read at sight; what is unusual about any other one is left to the server's
 * own reader, so that every query means what it says there.
 */
final class PlainQuery {
  private static final String[] NAMES = {
    "version",
    "country",
    "timezone",
    "language",
    "channel",
    "cohort",
    "hardware",
    "counter",
    "manual"
  };
  private static final int UNKNOWN = -1;

  private final String query;
  private final @Nullable String[] values = new @Nullable String[NAMES.length];

  private PlainQuery(String query) {
    this.query = query;
  }

  /** Empty when the query is not plain. */
  static Optional<ReadFacts> read(@Nullable String query) {
    if (query == null) {
      return Optional.empty();
    }
    PlainQuery plain = new PlainQuery(query);
    return plain.isRead() ? Optional.of(plain.facts()) : Optional.empty();
  }

  private ReadFacts facts() {
    return new ReadFacts(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
        values[8]);
  }

  private boolean isRead() {
    for (int start = 0; start <= query.length(); ) {
      int ampersand = query.indexOf('&', start);
      int end = ampersand < 0 ? query.length() : ampersand;
      int equals = query.indexOf('=', start);
      if (equals < 0 || equals > end) {
        return false;
      }
      int name = nameBetween(start, equals);
      if (name == UNKNOWN || values[name] != null) {
        return false;
      }
      values[name] = valueBetween(equals + 1, end);
      if (values[name] == null) {
        return false;
      }
      start = end + 1;
    }
    return true;
  }

  private int nameBetween(int from, int to) {
    for (int i = 0; i < NAMES.length; i++) {
      if (NAMES[i].length() == to - from && query.startsWith(NAMES[i], from)) {
        return i;
      }
    }
    return UNKNOWN;
  }

  /** Null when it is not plain. */
  private @Nullable String valueBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = query.charAt(i);
      if (c == '%' || c == '+') {
        return decoded(from, to);
      }
      if (!isPlain(c)) {
        return null;
      }
    }
    return query.substring(from, to);
  }

  private @Nullable String decoded(int from, int to) {
    StringBuilder text = new StringBuilder(to - from);
    for (int i = from; i < to; i++) {
      char c = query.charAt(i);
      if (c == '+') {
        text.append(' ');
      } else if (c == '%') {
        int octet = octetAt(i + 1, to);
        if (octet < ' ' || octet > '~') {
          return null;
        }
        text.append((char) octet);
        i += 2;
      } else if (isPlain(c)) {
        text.append(c);
      } else {
        return null;
      }
    }
    return text.toString();
  }

  /** Negative when there is none. */
  private int octetAt(int from, int to) {
    if (from + 2 > to) {
      return -1;
    }
    int high = Character.digit(query.charAt(from), 16);
    int low = Character.digit(query.charAt(from + 1), 16);
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  /** Separates nothing, wherever a reader of queries may see something to be separated. */
  private static boolean isPlain(char c) {
    return c > ' ' && c <= '~' && c != ';' && c != '#' && c != '=';
  }
}
