package io.towncrier.releases.targeting;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import java.time.ZoneId;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class FactReaderTest {
  private final FactReader facts = new FactReader();

  @ParameterizedTest
  @ValueSource(
      strings = {"FR", "fr", " FR", "FR\r\n", "FR\u0000\u0000", "\"FR\"", "' fr '", "\ufeffFR\t"})
  void whatStandsAroundAFactIsNoPartOfIt(String given) {
    assertThat(facts.country(given)).contains(new CountryCode("FR"));
    assertThat(facts.ignored()).isEqualTo(Ignored.NONE);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " ", "\r\n", "\"\"", "' '", "\u0000", "\u00a0\ufeff"})
  void whatIsEmptyIsNotGiven(String given) {
    assertThat(facts.country(given)).isEmpty();
    assertThat(facts.timeZone(given)).isEmpty();
    assertThat(facts.language(given)).isEmpty();
    assertThat(facts.channel(given)).isEmpty();
    assertThat(facts.cohort(given)).isEmpty();
    assertThat(facts.hardware(given)).isEmpty();
    assertThat(facts.counter(given)).isEmpty();
    assertThat(facts.manual(given)).isFalse();
    assertThat(facts.ignored()).isEqualTo(Ignored.NONE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"(null)", "XX", "DEU", "Germany", "276", "D", "D E", "\u00df", "00", "unknown"})
  void aCountryThatNobodyAssignedIsIgnored(String given) {
    assertThat(facts.country(given)).isEmpty();
    assertThat(facts.ignored().codes()).containsExactly("country");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"JST-9", "EST5EDT4,M3.2.0", "Europe/Nowhere", "+01:00", "Mon Jan 1", "\u202eUTC"})
  void aZoneThatNobodyNamedIsIgnored(String given) {
    assertThat(facts.timeZone(given)).isEmpty();
    assertThat(facts.ignored().codes()).containsExactly("timezone");
  }

  @Test
  void aZoneIsReadInItsOwnWays() {
    assertThat(facts.timeZone("\"/usr/share/zoneinfo/america/los_angeles\"\n"))
        .contains(ZoneId.of("America/Los_Angeles"));
    assertThat(facts.ignored().isEmpty()).isTrue();
  }

  @Test
  void aWholeLocaleOfACLibraryIsALanguage() {
    String locale =
        Stream.of(
                "CTYPE",
                "NUMERIC",
                "TIME",
                "COLLATE",
                "MONETARY",
                "MESSAGES",
                "PAPER",
                "NAME",
                "ADDRESS",
                "TELEPHONE",
                "MEASUREMENT",
                "IDENTIFICATION")
            .map(category -> "LC_" + category + "=sr_RS.UTF-8@latin")
            .collect(Collectors.joining(";"));

    assertThat(locale).hasSizeGreaterThan(300);
    assertThat(facts.language(locale)).contains(new LanguageTag("sr-Latn-RS"));
    assertThat(facts.language("de," + "x".repeat(997))).contains(new LanguageTag("de"));
    assertThat(facts.ignored().isEmpty()).isTrue();
    assertThat(facts.language("de," + "x".repeat(998))).isEmpty();
    assertThat(facts.ignored().codes()).containsExactly("language");
  }

  @Test
  void everyOtherFactThatIsAsLongIsNone() {
    facts.country("D".repeat(300));
    facts.timeZone("Europe/" + "B".repeat(300));
    facts.counter("0".repeat(300));
    facts.manual("true" + "e".repeat(300));

    assertThat(facts.ignored().codes()).containsExactly("country", "timezone", "counter", "manual");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-1",
        "1.5",
        "7.0",
        "0x7",
        "1e3",
        "seven",
        "9223372036854775808",
        "NaN",
        "7 7",
        "--1"
      })
  void aCounterThatIsNoWholeNumberIsIgnored(String given) {
    assertThat(facts.counter(given)).isEmpty();
    assertThat(facts.ignored().has(Fact.COUNTER)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"12", "+12", "0012", " 12\n", "\"12\""})
  void aCounterIsANumberHoweverItIsPrinted(String given) {
    assertThat(facts.counter(given)).isEqualTo(OptionalLong.of(12));
    assertThat(facts.ignored().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(null)",
        "NULL",
        "nil",
        "Undefined",
        "None",
        "a\u0000b",
        "a\nb",
        "\ud800",
        "caf\ufffd",
        "\u202eb1",
        "12345678901234567890123456789012345678901234567890123456789012345"
      })
  void aWordThatSaysNothingOrCannotBeShownIsIgnored(String given) {
    assertThat(facts.cohort(given)).isEmpty();
    assertThat(facts.ignored().codes()).containsExactly("cohort");
    assertThat(facts.hardware(given)).isEmpty();
    assertThat(facts.channel(given)).isEmpty();
    assertThat(facts.ignored().codes()).containsExactly("channel", "cohort", "hardware");
  }

  @ParameterizedTest
  @ValueSource(strings = {"r1", "rev. B 2", "v1+", "\u7248\u672c2", "nullable", "a'b"})
  void anyOtherWordIsTakenAsItIs(String given) {
    assertThat(facts.cohort(given)).contains(given);
    assertThat(facts.hardware(given)).contains(given);
    assertThat(facts.ignored().isEmpty()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRUE", "1", "yes", "on", "truefalse", "t"})
  void byHandIsTrueAndNothingElse(String given) {
    assertThat(facts.manual(given)).isFalse();
    assertThat(facts.ignored().codes()).containsExactly("manual");
  }

  @Test
  void trueAndFalseAreRead() {
    assertThat(facts.manual("true\n")).isTrue();
    assertThat(facts.manual("false")).isFalse();
    assertThat(facts.ignored().isEmpty()).isTrue();
  }

  @Test
  void whatIsNoTextIsIgnoredInEveryFact() {
    facts.country(InputReader.NO_TEXT);
    facts.timeZone(InputReader.NO_TEXT);
    facts.language(InputReader.NO_TEXT);
    facts.channel(InputReader.NO_TEXT);
    facts.cohort(InputReader.NO_TEXT);
    facts.hardware(InputReader.NO_TEXT);
    facts.counter(InputReader.NO_TEXT);
    facts.manual(InputReader.NO_TEXT);
    facts.rollouts(InputReader.NO_TEXT);

    assertThat(facts.ignored().facts()).isEqualTo(Fact.ALL.subList(1, Fact.ALL.size()));
  }

  @Test
  void everyFactStandsInItsPlace() {
    assertThat(Fact.ALL).extracting(Fact::place).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
  }

  @Test
  void aLoneQuotationMarkStays() {
    assertThat(FactReader.tidied("\"")).isEqualTo("\"");
    assertThat(FactReader.tidied("'a\"")).isEqualTo("'a\"");
    assertThat(FactReader.tidied("\"\"a\"\"")).isEqualTo("a");
  }
}
