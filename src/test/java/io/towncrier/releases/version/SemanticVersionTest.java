package io.towncrier.releases.version;

import static io.towncrier.releases.version.SampleVersions.semantic;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against https://semver.org, version 2.0.0; the numbers are those of its sections. */
@Tag("zoneless")
class SemanticVersionTest {
  // Section 11, points 2 to 4, and some of its edges.
  private static final List<String> OLDEST_FIRST =
      List.of(
          "0.0.0-0",
          "0.0.0",
          "1.0.0-0.3.7",
          "1.0.0-1",
          "1.0.0-2",
          "1.0.0-10",
          "1.0.0-99999999999999999999",
          "1.0.0---",
          "1.0.0-0a",
          "1.0.0-Beta",
          "1.0.0-alpha",
          "1.0.0-alpha.1",
          "1.0.0-alpha.beta",
          "1.0.0-alphabetical",
          "1.0.0-alphabetically",
          "1.0.0-beta",
          "1.0.0-beta.2",
          "1.0.0-beta.11",
          "1.0.0-rc.1",
          "1.0.0-x.7.z.92",
          "1.0.0-x-y-z.-",
          "1.0.0",
          "1.0.1-0",
          "1.0.1",
          "2.0.0",
          "2.1.0",
          "2.1.1",
          "2.1.999999999999999999",
          "2.1.1000000000000000000",
          "2.1.1000000000000000001",
          "2.1.9999999999999999999999999999999999999",
          "10.0.0",
          "99999999999999999999999.999999999999999999.99999999999999999");

  @Test
  void theOrderIsThatOfTheSpecification() {
    List<Version> shuffled =
        new ArrayList<>(OLDEST_FIRST.stream().map(SemanticVersionTest::version).toList());
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);

    assertThat(shuffled).extracting(Version::toString).containsExactlyElementsOf(OLDEST_FIRST);
    assertThat(shuffled).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource({
    "1.0.0-alpha+001, 1.0.0-alpha",
    "1.0.0+20130313144700, 1.0.0",
    "1.0.0-beta+exp.sha.5114f85, 1.0.0-beta+0",
    "1.0.0+21AF26D3---117B344092BD, 1.0.0+-",
    "v1.2.3, 1.2.3",
    "V1.2.3-rc.1, v1.2.3-rc.1+x"
  })
  void bothAreTheSameVersion(String one, String other) {
    assertThat(version(one)).isEqualByComparingTo(version(other)).isEqualTo(version(other));
    assertThat(version(one)).hasSameHashCodeAs(version(other)).hasToString(one);
  }

  @Test
  void wordsKeepTheirCase() {
    assertThat(version("1.0.0-RC")).isLessThan(version("1.0.0-rc"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v",
        "1",
        "1.2",
        "1.2.3.4",
        "1.2.",
        ".1.2",
        "1..2",
        "01.2.3",
        "1.02.3",
        "1.2.03",
        "1.2.00",
        "vv1.2.3",
        "v.1.2.3",
        "1.2.x",
        "-1.2.3",
        "1.2.3-",
        "1.2.3-01",
        "1.2.3-a.01",
        "1.2.3-a..b",
        "1.2.3-.a",
        "1.2.3-a.",
        "1.2.3-a_b",
        "1.2.3-a~b",
        "1.2.3+",
        "1.2.3+a+b",
        "1.2.3+.a",
        "1.2.3+a.",
        "1.2.3+a..b",
        "1.2.3+a~",
        "+1.2.3",
        "1.2-rc.3",
        "1.2+3.4",
        " 1.2.3",
        "1.2.3 ",
        "1.2.3-\u0661",
        "1.\u0662.3",
        "1.2.3-\u00e9",
        "1.2.3\n",
        "1.2.3-\u202e1"
      })
  void whatTheGrammarDoesNotHaveIsNotUnderstood(String text) {
    assertThat(VersionScheme.SEMVER.read(text)).isEmpty();
  }

  @Test
  void theGrammarIsThatOfTheSpecification() {
    String number = "(0|[1-9][0-9]*)";
    String word = "[0-9A-Za-z-]*[A-Za-z-][0-9A-Za-z-]*";
    String preRelease = "(" + number + "|" + word + ")";
    String build = "[0-9A-Za-z-]+";
    Pattern grammar =
        Pattern.compile(
            "[vV]?N\\.N\\.N(-P(\\.P)*)?(\\+B(\\.B)*)?"
                .replace("B", build)
                .replace("P", preRelease)
                .replace("N", number));
    Random random = new Random(2);
    int understood = 0;
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder(semantic(random));
      for (int n = random.nextInt(3); n > 0; n--) {
        int at = random.nextInt(text.length());
        String put = String.valueOf("01aZv.-+_".charAt(random.nextInt(9)));
        text.replace(at, at + random.nextInt(2), put);
      }
      boolean expected = text.length() <= 64 && grammar.matcher(text).matches();
      understood += expected ? 1 : 0;
      if (VersionScheme.SEMVER.read(text.toString()).isPresent() != expected) {
        fail("%s: in the grammar is %s", text, expected);
      }
    }
    assertThat(understood).isBetween(40_000, 90_000);
  }

  @Test
  void thePrecedenceIsThatOfTheSpecification() {
    Random random = new Random(3);
    for (int i = 0; i < 100_000; i++) {
      String one = semantic(random);
      String other = semantic(random);
      int expected = Integer.signum(precedence(one, other));
      if (Integer.signum(version(one).compareTo(version(other))) != expected) {
        fail("%s and %s must compare as %s", one, other, expected);
      }
    }
  }

  // Section 11, step by step.
  private static int precedence(String one, String other) {
    String[] a = one.replaceFirst("\\+.*", "").split("-", 2);
    String[] b = other.replaceFirst("\\+.*", "").split("-", 2);
    int numbers = fields(a[0], b[0]);
    if (numbers != 0) {
      return numbers;
    }
    return a.length == 1 || b.length == 1
        ? Integer.compare(b.length, a.length)
        : fields(a[1], b[1]);
  }

  private static int fields(String one, String other) {
    String[] a = one.split("\\.");
    String[] b = other.split("\\.");
    for (int i = 0; i < Math.min(a.length, b.length); i++) {
      int order = field(a[i], b[i]);
      if (order != 0) {
        return order;
      }
    }
    return Integer.compare(a.length, b.length);
  }

  private static int field(String a, String b) {
    boolean aIsNumber = a.matches("[0-9]+");
    boolean bIsNumber = b.matches("[0-9]+");
    if (aIsNumber && bIsNumber) {
      return new BigInteger(a).compareTo(new BigInteger(b));
    }
    return aIsNumber == bIsNumber ? a.compareTo(b) : Boolean.compare(bIsNumber, aIsNumber);
  }

  private static Version version(String text) {
    return SampleVersions.version(VersionScheme.SEMVER, text);
  }
}
