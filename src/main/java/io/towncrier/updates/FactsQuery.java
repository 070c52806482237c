package io.towncrier.updates;

import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.Fact;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The facts in the query of a check, in whichever form it is asked. Every query can be read: what
 * is broken in it costs the one fact that it belongs to (docs/adr/0022).
 *
 * <p>A plus is a plus, as firmware writes {@code version=1.2.3+build.5} unescaped, and no fact is
 * known to hold a blank. Names count in any case, and of a fact that stands there more than once
 * the first that is not empty. Unknown names are dropped. Most queries are known names and ASCII:
 * their values are cut out and nothing else is made.
 *
 * <p>A shared cache knows exact names alone. Where it would see other facts than this reader, the
 * query is not plain, and the answer may not be kept (docs/adr/0028).
 */
public final class FactsQuery {
  private final String query;
  private final int end;
  private final @Nullable String[] values = new @Nullable String[Fact.ALL.size()];
  private int namedBits;
  private boolean isPlain;

  private FactsQuery(String query) {
    this.query = query;
    int fragment = query.indexOf('#');
    this.end = fragment < 0 ? query.length() : fragment;
    this.isPlain = fragment < 0;
  }

  public static FactsQuery of(@Nullable String query) {
    FactsQuery facts = new FactsQuery(query == null ? "" : query);
    facts.read();
    return facts;
  }

  /** The facts alone, for an answer that no cache keeps. */
  public static ReadFacts read(@Nullable String query) {
    return of(query).facts();
  }

  /**
   * Whether each fact stands there once, by its exact name, with {@code &} between: then who goes
   * by exact names reads the same.
   */
  public boolean isPlain() {
    return isPlain;
  }

  public ReadFacts facts() {
    return new ReadFacts(
        values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7],
        values[8], values[9]);
  }

  private void read() {
    int start = 0;
    while (start < end) {
      int equals = -1;
      int i = start;
      for (; i < end; i++) {
        char c = query.charAt(i);
        if (c == '&' || c == ';') {
          isPlain &= c == '&';
          break;
        }
        if (c == '=' && i == start) {
          isPlain = false;
          start = i + 1;
        } else if (c == '=' && equals < 0) {
          equals = i;
        }
      }
      pair(start, equals < 0 ? i : equals, i);
      start = i + 1;
    }
  }

  /**
   * @param nameEnd where the equals sign stands; {@code to} when there is none
   */
  private void pair(int start, int nameEnd, int to) {
    int fact = start == nameEnd ? -1 : factBetween(start, nameEnd);
    if (fact < 0) {
      return;
    }
    int bit = 1 << fact;
    isPlain &= (namedBits & bit) == 0;
    namedBits |= bit;
    if (nameEnd < to && (values[fact] == null || values[fact].isEmpty())) {
      values[fact] = valueBetween(nameEnd + 1, to);
    }
  }

  /** Negative when no fact has this name. */
  private int factBetween(int from, int to) {
    for (int i = 0; i < values.length; i++) {
      String name = Fact.ALL.get(i).code();
      if (name.length() == to - from && query.startsWith(name, from)) {
        return i;
      }
    }
    Optional<Fact> unusual = Fact.named(valueBetween(from, to));
    isPlain &= unusual.isEmpty();
    return unusual.isPresent() ? unusual.get().place() : -1;
  }

  private String valueBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      char c = query.charAt(i);
      if (c == '%' || c > '~') {
        return decoded(from, to);
      }
    }
    return query.substring(from, to);
  }

  /** No text when an escape is broken; bytes that are no UTF-8 make no fact either. */
  private String decoded(int from, int to) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(to - from);
    for (int i = from; i < to; i++) {
      char c = query.charAt(i);
      if (c == '%') {
        int octet = octetAt(i + 1, to);
        if (octet < 0) {
          return InputReader.NO_TEXT;
        }
        bytes.write(octet);
        i += 2;
      } else if (c <= 0xFF) {
        // The server reads a request line byte by byte.
        bytes.write(c);
      } else {
        bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  /** Negative when there is none. */
  private int octetAt(int from, int to) {
    if (from + 2 > to) {
      return -1;
    }
    int high = hex(query.charAt(from));
    int low = hex(query.charAt(from + 1));
    return high < 0 || low < 0 ? -1 : 16 * high + low;
  }

  private static int hex(char c) {
    return c > '~' ? -1 : Character.digit(c, 16);
  }
}
