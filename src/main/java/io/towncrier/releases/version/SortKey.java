package io.towncrier.releases.version;

import java.util.Arrays;

/**
 * What a version is sorted by: a row of cells, compared one by one as numbers, where a row that has
 * ended goes on with {@link #END}. Every update check compares versions, so a comparison allocates
 * nothing and looks at no text.
 *
 * <p>A number or a word that fits into no single cell takes several. The first cells then differ
 * when the shorter one is over, and what follows is compared only when all before is the same.
 */
final class SortKey implements Comparable<SortKey> {
  /** Of cells that can stand in the same place, the smallest range first. */
  static final long END = 0;

  static final long SMALL_WORD = 0;
  static final long NUMBER = 1L << 60;
  static final long ZERO = NUMBER;
  private static final long LONG_NUMBER = 2L << 60;
  static final long GREAT_WORD = 3L << 60;
  // Behind everything that can follow a word: the longer word is the greater one.
  private static final long WORD_GOES_ON = 4L << 60;

  // 10^18 is less than 2^60.
  private static final int DIGITS_IN_CELL = 18;
  private static final int BITS_OF_CHARACTER = 6;
  private static final int CHARACTERS_IN_CELL = 10;

  private final long[] cells;
  private final int size;

  private SortKey(long[] cells, int size) {
    this.cells = cells;
    this.size = size;
  }

  int size() {
    return size;
  }

  long at(int i) {
    return i < size ? cells[i] : END;
  }

  @Override
  public int compareTo(SortKey other) {
    int longest = Math.max(size, other.size);
    for (int i = 0; i < longest; i++) {
      int order = Long.compare(at(i), other.at(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** Whether the two differ in the last cell alone, and there by one. */
  boolean isOneMoreThan(SortKey other) {
    int last = size - 1;
    return size == other.size && startsLike(other, last) && at(last) - 1 == other.at(last);
  }

  /** Whether the first cells, so many, are the same. */
  boolean startsLike(SortKey other, int cellCount) {
    for (int i = 0; i < cellCount; i++) {
      if (at(i) != other.at(i)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SortKey that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    int hash = 1;
    for (int i = 0; i < size; i++) {
      hash = 31 * hash + Long.hashCode(cells[i]);
    }
    return hash;
  }

  /** The characters of a word in one number, sorted as the words are; the first of a longer one. */
  static long packed(String text, int from, int to, boolean ignoreCase) {
    long packed = 0;
    for (int i = from; i < from + CHARACTERS_IN_CELL; i++) {
      packed <<= BITS_OF_CHARACTER;
      if (i < to) {
        char c = text.charAt(i);
        packed |= rank(ignoreCase ? VersionText.toLower(c) : c);
      }
    }
    return packed;
  }

  // From 1, since 0 is where a word has ended; in ASCII order, as Semantic Versioning has it.
  private static int rank(char c) {
    if (c >= 'a') {
      return c - 'a' + 38;
    }
    if (c >= 'A') {
      return c - 'A' + 12;
    }
    return c >= '0' ? c - '0' + 2 : 1;
  }

  /** Takes cells until the key is built, and is of no use after that. */
  static final class Builder {
    private long[] cells;
    private int size;

    Builder(int expected) {
      cells = new long[expected];
    }

    Builder add(long cell) {
      if (size == cells.length) {
        cells = Arrays.copyOf(cells, size * 2);
      }
      cells[size++] = cell;
      return this;
    }

    /** Digits by their value. */
    void addNumber(String text, int from, int to) {
      int start = from;
      while (start < to - 1 && text.charAt(start) == '0') {
        start++;
      }
      int digits = to - start;
      if (digits <= DIGITS_IN_CELL) {
        add(NUMBER + value(text, start, to));
        return;
      }
      add(LONG_NUMBER + digits);
      for (int i = start; i < to; i += DIGITS_IN_CELL) {
        add(value(text, i, Math.min(to, i + DIGITS_IN_CELL)));
      }
    }

    private static long value(String text, int from, int to) {
      long value = 0;
      for (int i = from; i < to; i++) {
        value = value * 10 + (text.charAt(i) - '0');
      }
      return value;
    }

    /**
     * Letters, digits and hyphens by their place in ASCII.
     *
     * @param range {@link #SMALL_WORD} before all numbers, {@link #GREAT_WORD} behind them
     */
    void addWord(long range, String text, int from, int to, boolean ignoreCase) {
      add(range + packed(text, from, to, ignoreCase));
      for (int i = from + CHARACTERS_IN_CELL; i < to; i += CHARACTERS_IN_CELL) {
        add(WORD_GOES_ON + packed(text, i, to, ignoreCase));
      }
    }

    void dropTrailingZeros() {
      while (size > 0 && cells[size - 1] == ZERO) {
        size--;
      }
    }

    SortKey build() {
      return new SortKey(cells, size);
    }
  }
}
