package io.towncrier.releases.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Holds the natural order to one that is written as plainly as it can be. */
@Tag("zoneless")
class NaturalOrderTest {
  private static final int TEXTS = 200_000;
  private static final List<String> PARTS =
      List.of(
          "0",
          "00",
          "1",
          "9",
          "10",
          "2024",
          "dev",
          "SNAPSHOT",
          "Alpha",
          "a",
          "beta",
          "b",
          "B",
          "c",
          "p",
          "rev",
          "pre",
          "preview",
          "RC",
          "rc",
          "build",
          "Build",
          "v",
          "V",
          "z",
          "aa",
          "abcdefghij",
          "ABCDEFGHIJk",
          "abcdefghijklmnopqrst",
          "abcdefghijklmnopqrstu",
          "snapshots",
          "previewer",
          "999999999999999999",
          "1000000000000000000",
          "1000000000000000001",
          "000000000000000000000000",
          "0000000000000000000001",
          "1152921504606846976",
          "9223372036854775807",
          "99999999999999999999",
          "1000000000000000000000000000000000000",
          "1000000000000000000000000000000000001",
          ".",
          "-",
          "_",
          "~",
          "+",
          ".",
          "-",
          " ",
          "\u0661",
          "\u212a",
          "@",
          "[",
          "`",
          "{",
          "/",
          ":");

  @Test
  void itIsTheSameAsThePlainOne() {
    Random random = new Random(20240401);
    List<Plain> kept = new ArrayList<>();
    int versions = 0;
    for (int i = 0; i < TEXTS; i++) {
      String text = text(random, kept);
      Optional<Plain> plain = Plain.parse(text);
      Optional<Version> version = Version.parse(text);
      if (plain.isPresent() != version.isPresent()) {
        fail("%s: %s and %s", text, plain, version);
      }
      if (plain.isPresent()) {
        versions++;
        compareWithSome(kept, plain.get(), version.get(), random);
        remember(kept, plain.get(), random);
      }
    }
    assertThat(versions).isBetween(TEXTS / 3, TEXTS - TEXTS / 10);
  }

  private static String text(Random random, List<Plain> kept) {
    StringBuilder text = new StringBuilder();
    if (!kept.isEmpty() && random.nextBoolean()) {
      text.append(kept.get(random.nextInt(kept.size())).text());
      text.setLength(random.nextInt(text.length() + 1));
    }
    for (int n = random.nextInt(5); n > 0; n--) {
      // The parts that no version has stand at the end and are rare.
      int known = random.nextInt(20) > 0 ? PARTS.size() - 9 : PARTS.size();
      text.append(PARTS.get(random.nextInt(known)));
    }
    return text.toString();
  }

  private static void compareWithSome(
      List<Plain> kept, Plain plain, Version version, Random random) {
    for (int n = Math.min(5, kept.size()); n > 0; n--) {
      Plain other = kept.get(random.nextInt(kept.size()));
      Version otherVersion = Version.parse(other.text()).orElseThrow();
      int expected = Integer.signum(plain.compareTo(other));
      if (Integer.signum(version.compareTo(otherVersion)) != expected
          || version.equals(otherVersion) != (expected == 0)
          || (expected == 0 && version.hashCode() != otherVersion.hashCode())) {
        fail("%s and %s must compare as %s", version, otherVersion, expected);
      }
    }
  }

  private static void remember(List<Plain> kept, Plain plain, Random random) {
    if (kept.size() < 500) {
      kept.add(plain);
    } else {
      kept.set(random.nextInt(kept.size()), plain);
    }
  }

  @Test
  void aUsualVersionIsReadWithFewBytesAndComparedWithNone() {
    String text = "V2.3.10_build20240401";
    Version one = Version.parse(text).orElseThrow();
    Version other = Version.parse("V2.3.10_build20240402").orElseThrow();

    assertThat(allocatedPerCall(() -> Version.parse(text).hashCode())).isBetween(1L, 200L);
    assertThat(allocatedPerCall(() -> one.compareTo(other))).isZero();
    assertThat(allocatedPerCall(one::hashCode)).isZero();
    assertThat(allocatedPerCall(() -> one.equals(other) ? 1 : 0)).isZero();
  }

  // Whole bytes: what the JVM allocates once beside the calls is less than one a call.
  private static long allocatedPerCall(IntSupplier call) {
    int calls = 20_000;
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    int first = call.getAsInt();
    int others = 0;
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < calls; i++) {
      others |= call.getAsInt();
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertThat(others).as("every call answers the same").isEqualTo(first);
    return allocated / calls;
  }

  /** Slow and plain: a list of tokens that is found by a regular expression. */
  private record Plain(String text, List<Token> tokens) implements Comparable<Plain> {
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9._+~-]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[0-9]+|[a-z]+");

    static Optional<Plain> parse(String text) {
      return ALLOWED.matcher(text).matches() && text.chars().anyMatch(Character::isDigit)
          ? Optional.of(new Plain(text, tokensOf(text)))
          : Optional.empty();
    }

    @Override
    public int compareTo(Plain other) {
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
      List<Token> tokens = new ArrayList<>();
      String lower = text.toLowerCase(Locale.ROOT);
      String lowered = lower.matches("v[0-9].*") ? lower.substring(1) : lower;
      Matcher matcher = TOKEN.matcher(lowered);
      while (matcher.find()) {
        boolean digitsFollow = matcher.end() < lowered.length() && isDigit(lowered, matcher.end());
        Token token = Token.of(matcher.group(), digitsFollow);
        if (token.kind != Kind.NUMBER) {
          dropTrailingZeros(tokens);
        }
        tokens.add(token);
      }
      dropTrailingZeros(tokens);
      return tokens;
    }

    private static boolean isDigit(String text, int at) {
      return text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }

    private static void dropTrailingZeros(List<Token> tokens) {
      while (!tokens.isEmpty() && tokens.get(tokens.size() - 1).isZero()) {
        tokens.remove(tokens.size() - 1);
      }
    }
  }

  /** In this order. */
  private enum Kind {
    WORD_BEFORE,
    END,
    WORD_BEHIND,
    NUMBER
  }

  private record Token(Kind kind, BigInteger number, String word) implements Comparable<Token> {
    private static final List<String> BEFORE =
        List.of("dev", "snapshot", "alpha", "a", "beta", "b", "pre", "preview", "c", "rc");
    static final Token END = new Token(Kind.END, BigInteger.ZERO, "");

    static Token of(String text, boolean digitsFollow) {
      if (Character.isDigit(text.charAt(0))) {
        return new Token(Kind.NUMBER, new BigInteger(text), "");
      }
      int before = BEFORE.indexOf(text);
      // One letter announces a version only together with the number of the announcement.
      return before >= 0 && (text.length() > 1 || digitsFollow)
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
