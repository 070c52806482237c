package io.towncrier.releases.version;

import static io.towncrier.releases.version.SampleVersions.any;
import static io.towncrier.releases.version.SampleVersions.version;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.fail;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("zoneless")
class VersionSchemeTest {
  @Test
  void aSchemeIsNamedInLowerCase() {
    assertThat(Arrays.stream(VersionScheme.values()).map(VersionScheme::code))
        .containsExactly("natural", "semver", "date", "sequence");
  }

  @ParameterizedTest
  @EnumSource
  void aSchemeIsFoundByItsNameAlone(VersionScheme scheme) {
    assertThat(VersionScheme.parse(scheme.code())).contains(scheme);
    assertThat(VersionScheme.parse(scheme.name())).isEmpty();
    assertThat(VersionScheme.parse(scheme.code() + " ")).isEmpty();
    assertThat(VersionScheme.parse("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "NATURAL, V2.3.10_build20240401",
    "SEMVER, v1.4.0-rc.1+5d1f",
    "DATE, 2024-04-01.2",
    "SEQUENCE, Kestrel~final"
  })
  void aSchemeAcceptsItsOwnTexts(VersionScheme scheme, String text) {
    assertThat(scheme.accepts(text)).isTrue();
    assertThat(Arrays.stream(VersionScheme.values()).filter(s -> s.accepts(text)))
        .contains(VersionScheme.SEQUENCE);
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SEQUENCE")
  void aVersionKnowsItsScheme(VersionScheme scheme) {
    String text = scheme == VersionScheme.SEMVER ? "1.0.0" : "20240401";

    assertThat(version(scheme, text).scheme()).isEqualTo(scheme);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "1.0.0", "2024-04-01", "Kestrel"})
  void aTextOfASequenceHasNoOrderOfItsOwn(String text) {
    assertThat(VersionScheme.SEQUENCE.read(text)).isEmpty();
  }

  @Test
  void aSequenceIsOrderedByItsCounter() {
    Version kestrel = Version.ofSequence("Kestrel", 7);
    Version albatross = Version.ofSequence("Albatross", 8);

    assertThat(albatross.isNewerThan(kestrel)).isTrue();
    assertThat(kestrel.isNewerThan(albatross)).isFalse();
    assertThat(Version.ofSequence("kestrel", 7)).isEqualTo(kestrel).hasSameHashCodeAs(kestrel);
    assertThat(Version.ofSequence("Kestrel", 8)).isNotEqualTo(kestrel);
    assertThat(Version.ofSequence("z", Long.MAX_VALUE).isNewerThan(Version.ofSequence("z", 0)))
        .isTrue();
    assertThat(kestrel).hasToString("Kestrel");
    assertThat(kestrel.scheme()).isEqualTo(VersionScheme.SEQUENCE);
  }

  @Test
  void aSequenceNeedsATextAndACounter() {
    String longest = "z".repeat(Version.MAX_LENGTH);

    assertThat(Version.ofSequence(longest, 0)).hasToString(longest);
    assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSequence("", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSequence(longest + "z", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSequence("a b", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSequence("\u202e1", 1));
    assertThatIllegalArgumentException().isThrownBy(() -> Version.ofSequence("a", -1));
  }

  @Test
  void versionsOfDifferentSchemesAreNeverComparedOrEqual() {
    Version natural = version(VersionScheme.NATURAL, "20240401");
    Version date = version(VersionScheme.DATE, "20240401");

    assertThatIllegalArgumentException().isThrownBy(() -> natural.compareTo(date));
    assertThatIllegalArgumentException().isThrownBy(() -> natural.isNewerThan(date));
    assertThat(natural).isNotEqualTo(date);
    // The same key, so that only the scheme tells them apart.
    assertThat(version(VersionScheme.NATURAL, "0"))
        .isNotEqualTo(Version.ofSequence("0", 0))
        .isNotEqualTo("0");
  }

  @ParameterizedTest
  @EnumSource
  @SuppressWarnings("SelfComparison") // That a version equals itself is part of what is tested.
  void theOrderIsTotalAntisymmetricAndTransitive(VersionScheme scheme) {
    Random random = new Random(20260501);
    int same = 0;
    for (int i = 0; i < 50_000; i++) {
      Version a = any(scheme, random);
      Version b = any(scheme, random);
      Version c = any(scheme, random);
      int ab = Integer.signum(a.compareTo(b));
      int bc = Integer.signum(b.compareTo(c));
      int ac = Integer.signum(a.compareTo(c));
      same += ab == 0 ? 1 : 0;

      if (a.compareTo(a) != 0
          || Integer.signum(b.compareTo(a)) != -ab
          || a.equals(b) != (ab == 0)
          || (ab == 0 && (a.hashCode() != b.hashCode() || bc != ac))
          || (ab <= 0 && bc <= 0 && ac > 0)
          || (ab >= 0 && bc >= 0 && ac < 0)) {
        fail("%s, %s and %s: %s, %s and %s", a, b, c, ab, bc, ac);
      }
    }
    assertThat(same).isBetween(500, 25_000);
  }

  @ParameterizedTest
  @EnumSource
  void noTextFails(VersionScheme scheme) {
    String characters =
        "0019aAzZvV._+~--\u0000\u007f\u00e9\u0661\u0967\u202e\u200f\ud83d\udce1\uffff";
    Random random = new Random(64);
    for (int i = 0; i < 100_000; i++) {
      StringBuilder text = new StringBuilder();
      int known = random.nextBoolean() ? 16 : characters.length();
      for (int n = random.nextInt(70); n > 0; n--) {
        text.append(characters.charAt(random.nextInt(known)));
      }
      boolean accepted = scheme.accepts(text.toString());
      if (accepted && !text.toString().matches("[A-Za-z0-9._+~-]{1,64}")) {
        fail("%s is accepted", text);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatIsMuchTooLongIsNotUnderstood(VersionScheme scheme) {
    for (String part : new String[] {"9", "0", "1.", "a", "-", "2024", "\u0661", "\u202e"}) {
      assertThat(scheme.accepts(part.repeat(1_000_000))).isFalse();
      assertThat(scheme.accepts("1.0.0-" + part.repeat(1_000_000))).isFalse();
      assertThat(scheme.accepts("2024-04-01." + part.repeat(1_000_000))).isFalse();
    }
  }
}
