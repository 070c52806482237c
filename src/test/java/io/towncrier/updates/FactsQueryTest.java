package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.Fact;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class FactsQueryTest {
  private static final int QUERIES = 200_000;
  private static final List<String> PIECES =
      List.of(
          "version=",
          "version",
          "Version=",
          "country=",
          "cohort=",
          "counter=",
          "manual=true",
          "imsi=",
          "timezone=",
          "Europe%2FBerlin",
          "%63hannel=",
          "&",
          "&",
          "&",
          "=",
          "%",
          "%2",
          "%2B",
          "%c3%a4",
          "%ff",
          "%7E",
          "%00",
          "+",
          ";",
          "?",
          "/",
          "1.0",
          "a",
          "\u00e4",
          "\u202e",
          " ");

  @Test
  void whatClientsSendIsRead() {
    assertThat(
            FactsQuery.read(
                "version=V2.3.10_build20240401&country=DE&timezone=Europe%2FBerlin&language=de"
                    + "&channel=stable&cohort=a1%20b2%2B&hardware=r1&counter=7&manual=true"
                    + "&rollouts=2f9c0k1v-in"))
        .isEqualTo(
            new ReadFacts(
                "V2.3.10_build20240401",
                "DE",
                "Europe/Berlin",
                "de",
                "stable",
                "a1 b2+",
                "r1",
                "7",
                "true",
                "2f9c0k1v-in"));
    assertThat(FactsQuery.read(null)).isEqualTo(FactsQuery.read(""));
  }

  @ParameterizedTest
  @CsvSource({
    "version=2.0.1+git.4f, 2.0.1+git.4f",
    "version=2.0.1%2Bgit.4f, 2.0.1+git.4f",
    "version=2.0.1%2bgit+4f, 2.0.1+git+4f",
    "version=+, +",
    "version=7%2B%2B+, 7+++"
  })
  void aPlusIsAPlus(String query, String version) {
    assertThat(FactsQuery.read(query).version()).isEqualTo(version);
    assertThat(FactsQuery.read(query.replace("version", "hardware")).hardware()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"%", "50%", "%4", "%zz", "a%g0b", "%-1", "%+1", "100%&x=1", "%\u0663\u0663"})
  void aBrokenEscapeCostsOneFact(String broken) {
    ReadFacts read = FactsQuery.read("country=FR&cohort=" + broken + "&version=3.1");

    assertThat(read.cohort()).isEqualTo(InputReader.NO_TEXT);
    assertThat(read.country()).isEqualTo("FR");
    assertThat(read.version()).isEqualTo("3.1");
  }

  @ParameterizedTest
  @CsvSource({
    "country=FR&country=DE, FR",
    "country=&country=DE, DE",
    "country&country=DE, DE",
    "COUNTRY=FR, FR",
    "%63ountry=FR, FR",
    "=x&country=FR, FR",
    "imsi=1&country=FR&, FR",
    "%zz=1&country=FR, FR",
    "&&country=FR&&, FR",
    "x=1;country=FR, FR",
    "country=FR#DE, FR",
    "country=F=R, F=R"
  })
  void whatIsUnusualIsUnderstood(String query, String country) {
    assertThat(FactsQuery.read(query).country()).isEqualTo(country);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "version=1&Manual=true",
        "Version=1",
        "version=1&%6danual=true",
        "version=1&manua%6C=true",
        "version=1&x=1;manual=true",
        "version=1;manual=true",
        "version=1;2",
        "version=1&version=2",
        "version=&version=2",
        "country&country=DE&version=1",
        "version=1&country=DE&Country=FR",
        "version=1&=manual=true",
        "version=1&==manual=true",
        "version=1#&manual=true"
      })
  void aSpellingThatACacheReadsOtherwiseIsNotPlain(String query) {
    assertThat(FactsQuery.of(query).isPlain()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "version=1",
        "version=1%3B2+b.%ff&country=%",
        "&&version=1&",
        "manual=true&version=1",
        "version=1&manual",
        "version=1&imsi=1&Imsi=2&imsi=3&x",
        "version=1=2",
        "versions=1&Ma%nual=true&%zz=1"
      })
  void everyOtherSpellingIs(String query) {
    assertThat(FactsQuery.of(query).isPlain()).isTrue();
  }

  @Test
  void ofAPlainQueryACacheReadsTheSameFacts() {
    Random random = new Random(14);
    int plain = 0;
    for (int i = 0; i < QUERIES; i++) {
      StringBuilder query = new StringBuilder("version=");
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        query.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      FactsQuery asked = FactsQuery.of(query.toString());
      if (asked.isPlain()) {
        plain++;
        assertThat(FactsQuery.read(keyOf(query.toString())))
            .as(query.toString())
            .isEqualTo(asked.facts());
      }
    }
    assertThat(plain).isBetween(QUERIES / 20, QUERIES - QUERIES / 20);
  }

  /** What a CDN keeps of a query in its key: the parameters of exact names, as they stand. */
  private static String keyOf(String query) {
    return Arrays.stream(query.split("&", -1))
        .filter(
            pair -> Fact.ALL.stream().anyMatch(fact -> fact.code().equals(pair.split("=", 2)[0])))
        .collect(Collectors.joining("&"));
  }

  @Test
  void bytesThatAreNoUtf8AreMarked() {
    assertThat(FactsQuery.read("cohort=%ff%41").cohort()).isEqualTo("\ufffdA");
    // Unescaped, as the server passes them on: one character for each byte.
    assertThat(FactsQuery.read("cohort=\u00c3\u00a4").cohort()).isEqualTo("\u00e4");
    assertThat(FactsQuery.read("cohort=\u00e4").cohort()).isEqualTo("\ufffd");
  }

  @Test
  void everyQueryIsReadAndPlainOnesAsTheServerReadsThem() {
    Random random = new Random(7);
    int compared = 0;
    for (int i = 0; i < QUERIES; i++) {
      StringBuilder query = new StringBuilder("version=");
      for (int piece = random.nextInt(8); piece > 0; piece--) {
        query.append(PIECES.get(random.nextInt(PIECES.size())));
      }
      String text = query.toString();
      ReadFacts read = FactsQuery.read(text);
      @Nullable Map<String, String> expected = byTheServer(text);
      if (expected != null) {
        for (Fact fact : Fact.ALL) {
          String given = read.get(fact);
          assertThat(given == null ? "" : given)
              .as(text + " " + fact)
              .isEqualTo(expected.getOrDefault(fact.code(), ""));
        }
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(QUERIES / 20);
  }

  /** Null where the server means something else on purpose, or refuses. */
  private static @Nullable Map<String, String> byTheServer(String query) {
    if (query.indexOf('+') >= 0 || query.chars().anyMatch(c -> c > '~')) {
      return null;
    }
    try {
      Map<String, List<String>> parameters = new QueryStringDecoder("/?" + query).parameters();
      Map<String, Long> names =
          parameters.keySet().stream()
              .collect(Collectors.groupingBy(FactsQueryTest::lower, Collectors.counting()));
      boolean twice =
          parameters.values().stream().anyMatch(values -> values.size() > 1)
              || names.values().stream().anyMatch(count -> count > 1);
      return twice
          ? null
          : parameters.entrySet().stream()
              .collect(Collectors.toMap(e -> lower(e.getKey()), e -> e.getValue().get(0)));
    } catch (IllegalArgumentException brokenEscape) {
      return null;
    }
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
