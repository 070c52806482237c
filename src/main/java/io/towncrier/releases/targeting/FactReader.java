package io.towncrier.releases.targeting;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.rollout.RolloutClaims;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads the optional facts of one client as devices write them. A fact that is given and cannot be
 * read counts as not given, and is noted: it never costs an update (docs/adr/0022).
 */
public final class FactReader {
  private static final int MAX_COHORT = 64;
  private static final int MAX_HARDWARE = 64;
  private static final int MAX_CHANNEL = 32;
  // All categories of a C library's locale take some 300 characters.
  private static final int MAX_LANGUAGE = 1_000;
  // Of a number, a country, a zone: everything longer is none.
  private static final int MAX_OTHERS = 128;
  private static final char REPLACEMENT = '\ufffd';

  /**
   * What languages print for a value that is not there. As a cohort each of these would be one
   * bucket for a whole fleet of faulty devices, and widen a rollout by all of them at once.
   */
  private static final Set<String> NO_VALUE =
      Set.of(
          "(null)", "null", "(nil)", "nil", "<nil>", "undefined", "none", "unknown", "nan", "n/a");

  private Ignored ignored = Ignored.NONE;
  private int givenBits;

  /** What was given and could not be read so far. */
  public Ignored ignored() {
    return ignored;
  }

  /** What was given so far, whether it could be read or not. */
  public FactSet given() {
    return FactSet.of(givenBits);
  }

  public Optional<CountryCode> country(@Nullable String given) {
    return optional(Fact.COUNTRY, given, MAX_OTHERS, CountryCode::parse);
  }

  public Optional<ZoneId> timeZone(@Nullable String given) {
    return optional(Fact.TIMEZONE, given, MAX_OTHERS, TimeZoneId::ofDevice);
  }

  public Optional<LanguageTag> language(@Nullable String given) {
    return optional(Fact.LANGUAGE, given, MAX_LANGUAGE, LanguageTag::fromClient);
  }

  /** Whether there is such a channel, the catalogue knows. */
  public Optional<String> channel(@Nullable String given) {
    return optional(Fact.CHANNEL, given, MAX_CHANNEL, FactReader::word);
  }

  public Optional<String> cohort(@Nullable String given) {
    return optional(Fact.COHORT, given, MAX_COHORT, FactReader::word);
  }

  public Optional<String> hardware(@Nullable String given) {
    return optional(Fact.HARDWARE, given, MAX_HARDWARE, FactReader::word);
  }

  public OptionalLong counter(@Nullable String given) {
    Optional<Long> counter = optional(Fact.COUNTER, given, MAX_OTHERS, FactReader::number);
    return counter.isPresent() ? OptionalLong.of(counter.get()) : OptionalLong.empty();
  }

  /** True for {@code true} alone. */
  public boolean manual(@Nullable String given) {
    return optional(Fact.MANUAL, given, MAX_OTHERS, FactReader::flag).orElse(Boolean.FALSE);
  }

  /** What the client says of rollouts in place of its cohort. */
  public RolloutClaims rollouts(@Nullable String given) {
    return optional(Fact.ROLLOUTS, given, MAX_OTHERS, RolloutClaims::parse)
        .orElse(RolloutClaims.NONE);
  }

  /**
   * A text without what firmware leaves around it: blanks, line ends, the rest of a buffer of
   * zeros, pairs of quotation marks. Nothing of that is part of a fact.
   */
  public static String tidied(String given) {
    if (isTidy(given)) {
      return given;
    }
    String inner = stripped(given);
    boolean quoted =
        inner.length() >= 2
            && isQuote(inner.charAt(0))
            && inner.charAt(0) == inner.charAt(inner.length() - 1);
    return quoted ? tidied(inner.substring(1, inner.length() - 1)) : inner;
  }

  private <T> Optional<T> optional(
      Fact fact, @Nullable String given, int maxLength, Function<String, Optional<T>> parser) {
    if (given == null || given.isEmpty()) {
      return Optional.empty();
    }
    String text = tidied(given);
    if (text.isEmpty()) {
      return Optional.empty();
    }
    givenBits |= fact.bit();
    Optional<T> read = text.length() > maxLength ? Optional.empty() : parser.apply(text);
    if (read.isEmpty()) {
      ignored = ignored.and(fact);
    }
    return read;
  }

  private static Optional<String> word(String text) {
    boolean readable =
        InputReader.isPrintable(text)
            && text.indexOf(REPLACEMENT) < 0
            && !NO_VALUE.contains(text.toLowerCase(Locale.ROOT));
    return readable ? Optional.of(text) : Optional.empty();
  }

  private static Optional<Long> number(String text) {
    try {
      return Optional.of(Long.parseLong(text)).filter(number -> number >= 0);
    } catch (NumberFormatException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<Boolean> flag(String text) {
    return switch (text) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }

  /** Nearly every text is: it begins and ends with what may begin and end a fact. */
  private static boolean isTidy(String text) {
    return text.isEmpty() || (isInner(text.charAt(0)) && isInner(text.charAt(text.length() - 1)));
  }

  private static boolean isInner(char c) {
    return c > ' ' && c <= '~' && !isQuote(c);
  }

  private static boolean isQuote(char c) {
    return c == '"' || c == '\'';
  }

  private static String stripped(String text) {
    int from = 0;
    int to = text.length();
    while (from < to && isAround(text.charAt(from))) {
      from++;
    }
    while (from < to && isAround(text.charAt(to - 1))) {
      to--;
    }
    return text.substring(from, to);
  }

  private static boolean isAround(char c) {
    return c <= ' '
        || Character.isISOControl(c)
        || Character.isSpaceChar(c)
        || c == '\ufeff'; // A byte order mark.
  }
}
