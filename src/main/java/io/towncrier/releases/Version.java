package io.towncrier.releases;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A version in natural order: numbers by value, {@code 25.12.10} after {@code 25.12.5}; words that
 * announce a version before it, {@code 24.10.0-rc7} before {@code 24.10.0}; other words behind it,
 * {@code V2.3.10_build20240401} after {@code V2.3.10}. {@code 1.0} and {@code 1.0.0} are the same.
 */
public final class Version implements Comparable<Version> {
  /** Longest version text that is understood. */
  public static final int MAX_LENGTH = 64;

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._+~-]{1,64}");
  private static final Pattern TOKEN = Pattern.compile("[0-9]+|[a-z]+");
  private static final List<String> BEFORE =
      List.of("dev", "snapshot", "alpha", "a", "beta", "b", "pre", "preview", "rc");

  private final String text;
  private final List<Token> tokens;

  private Version(String text) {
    this.text = text;
    this.tokens = tokensOf(text);
  }

  /** Empty when the text holds no number, is too long, or has characters no version has. */
  public static Optional<Version> parse(String text) {
    return ALLOWED.matcher(text).matches() && text.chars().anyMatch(Character::isDigit)
        ? Optional.of(new Version(text))
        : Optional.empty();
  }

  public boolean isNewerThan(Version other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Version other) {
    int longest = Math.max(tokens.size(), other.tokens.size());
    for (int i = 0; i < longest; i++) {
      int order = at(i).compareTo(other.at(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private Token at(int i) {
    return i < tokens.size() ? tokens.get(i) : Token.END;
  }

  private static List<Token> tokensOf(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    boolean prefixed = lower.length() > 1 && lower.charAt(0) == 'v' && isDigit(lower.charAt(1));
    List<Token> tokens = new ArrayList<>();
    Matcher matcher = TOKEN.matcher(prefixed ? lower.substring(1) : lower);
    while (matcher.find()) {
      Token token = Token.of(matcher.group());
      if (token.kind != Kind.NUMBER) {
        dropTrailingZeros(tokens);
      }
      tokens.add(token);
    }
    dropTrailingZeros(tokens);
    return List.copyOf(tokens);
  }

  // 1.0 and 1.0.0 are one version; without this the order would not be transitive beside 1.0-x.
  private static void dropTrailingZeros(List<Token> tokens) {
    while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isZero()) {
      tokens.remove(tokens.size() - 1);
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Version that && compareTo(that) == 0;
  }

  @Override
  public int hashCode() {
    return tokens.hashCode();
  }

  /** As it was written. */
  @Override
  public String toString() {
    return text;
  }

  /** In this order. */
  private enum Kind {
    WORD_BEFORE,
    END,
    WORD_BEHIND,
    NUMBER
  }

  private record Token(Kind kind, BigInteger number, String word) implements Comparable<Token> {
    static final Token END = new Token(Kind.END, BigInteger.ZERO, "");

    static Token of(String text) {
      if (isDigit(text.charAt(0))) {
        return new Token(Kind.NUMBER, new BigInteger(text), "");
      }
      int before = BEFORE.indexOf(text);
      return before >= 0
          ? new Token(Kind.WORD_BEFORE, BigInteger.valueOf(before), text)
          : new Token(Kind.WORD_BEHIND, BigInteger.ZERO, text);
    }

    boolean isZero() {
      return kind == Kind.NUMBER && number.signum() == 0;
    }

    @Override
    public int compareTo(Token other) {
      int byKind = kind.compareTo(other.kind);
      if (byKind != 0) {
        return byKind;
      }
      int byNumber = number.compareTo(other.number);
      return byNumber != 0 ? byNumber : word.compareTo(other.word);
    }
  }
}
