package io.towncrier.releases.version;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
  // https://downloads.openwrt.org/.versions.json, oldest first.
  private static final List<String> OPENWRT =
      List.of(
          "23.05.0-rc1",
          "23.05.0-rc2",
          "23.05.0-rc3",
          "23.05.0-rc4",
          "23.05.0",
          "23.05.1",
          "23.05.2",
          "23.05.3",
          "23.05.4",
          "23.05.5",
          "23.05.6",
          "24.10.0-rc1",
          "24.10.0-rc2",
          "24.10.0-rc3",
          "24.10.0-rc4",
          "24.10.0-rc5",
          "24.10.0-rc6",
          "24.10.0-rc7",
          "24.10.0",
          "24.10.1",
          "24.10.2",
          "24.10.3",
          "24.10.4",
          "24.10.5",
          "24.10.6",
          "24.10.7",
          "24.10.8",
          "25.12.0-rc1",
          "25.12.0-rc2",
          "25.12.0-rc3",
          "25.12.0-rc4",
          "25.12.0-rc5",
          "25.12.0",
          "25.12.1",
          "25.12.2",
          "25.12.3",
          "25.12.4",
          "25.12.5");

  @ParameterizedTest
  @CsvSource({
    "25.12.5, 25.12.10",
    "24.10.0-rc7, 24.10.0",
    "25.12.0-rc2, 25.12.5",
    "24.10.0-rc9, 24.10.0-rc10",
    "24.10.8, 25.12.0-rc1",
    "1.0-SNAPSHOT, 1.0-alpha",
    "1.0-alpha, 1.0-beta",
    "1.0-beta.2, 1.0-rc1",
    "1.0rc1, 1.0",
    "V2.3.10, V2.3.10_build20240401",
    "V2.3.10_build20240401, V2.3.10_build20240402",
    "V2.3.9_build20250101, V2.3.10_build20240401",
    "V2.3.10_build20240401, V2.3.11",
    "V2.3.10_build20240401, V2.3.10.1",
    "1.0.9, 1.0.9a",
    "1.0.9a, 1.0.9b",
    "1.0.9A, 1.0.9b",
    "1.0.9z, 1.0.10",
    "1.0.9a, 1.0.9.1",
    "1.0.9, 1.0.9c",
    "1.0.9b3, 1.0.9",
    "1.0.9a2, 1.0.9b1",
    "1.0.9b9, 1.0.9c1",
    "1.0.9c2, 1.0.9rc1",
    "1.0.9rc1, 1.0.9",
    "1.0.9a1, 1.0.9a",
    "1.0.9a, 1.0.9a_build2",
    "1.0.9a, 1.0.9a.1",
    "1.0.9-B, 1.0.9-D",
    "1.0.9, 1.0.9p1",
    "1.0.9, 1.0.9r1",
    "1.0.9, 1.0.9-rev2",
    "1.0.9, 1.0.9.post1",
    "1.0.9, 1.0.9x7",
    "1.0.9p1, 1.0.9p2",
    "1.0.9-pre, 1.0.9",
    "1.0.9dev, 1.0.9-snapshot",
    "2.4.0e, 2.4.0F",
    "V1.2.3B, V1.2.3D",
    "0.9, 1",
    "1.0, 1.0.1",
    "1.0.0-rc1, 1",
    "1.9, 1.10",
    "20240401, 20240402",
    "99999999999999999998, 99999999999999999999"
  })
  void theSecondIsNewer(String older, String newer) {
    assertThat(version(newer).isNewerThan(version(older))).isTrue();
    assertThat(version(older).isNewerThan(version(newer))).isFalse();
    assertThat(version(older)).isNotEqualTo(version(newer));
  }

  @ParameterizedTest
  @CsvSource({
    "1.0, 1.0.0",
    "1, 1.0.0",
    "v1.2, 1.2",
    "V1.2, v1.2",
    "1.02, 1.2",
    "1.0-rc1, 1.0.0-RC1",
    "1_2-3, 1.2.3",
    "0, 0.0.0",
    "1.0.9a, 1.0.9A",
    "1.0.9-a, 1.0.9a",
    "2.0B2, 2.0b2",
    "1.0a, 1.0.0a",
    "23.05.1, 23.5.1"
  })
  void bothAreTheSameVersion(String one, String other) {
    assertThat(version(one)).isEqualByComparingTo(version(other)).isEqualTo(version(other));
    assertThat(version(one)).hasSameHashCodeAs(version(other));
    assertThat(version(one).isNewerThan(version(other))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "latest",
        "v",
        "1.0 beta",
        "1.0\n",
        " 1.0",
        "1,0",
        "1.0/2",
        "\u0661.\u0662",
        "1.0\u0000",
        "-.-"
      })
  void whatIsNoVersionIsNotUnderstood(String text) {
    assertThat(Version.parse(text)).isEmpty();
  }

  @Test
  void sixtyFourCharactersAreTheMost() {
    assertThat(Version.parse("1".repeat(Version.MAX_LENGTH))).isPresent();
    assertThat(Version.parse("1".repeat(Version.MAX_LENGTH + 1))).isEmpty();
  }

  @Test
  void aVersionReadsAsItWasWritten() {
    assertThat(version("V2.3.10_build20240401")).hasToString("V2.3.10_build20240401");
    assertThat(version("1.0.0")).hasToString("1.0.0");
  }

  @Test
  void theVersionsOfOpenWrtSortByTheirDate() {
    List<Version> shuffled = new ArrayList<>(OPENWRT.stream().map(VersionTest::version).toList());
    Collections.shuffle(shuffled, new Random(1));
    Collections.sort(shuffled);

    assertThat(OPENWRT).hasSize(38);
    assertThat(shuffled).extracting(Version::toString).containsExactlyElementsOf(OPENWRT);
  }

  @Test
  @SuppressWarnings("SelfComparison") // That a version equals itself is part of what is tested.
  void theOrderIsTotalAntisymmetricAndTransitive() {
    Random random = new Random(20260501);
    for (int i = 0; i < 5_000; i++) {
      Version a = any(random);
      Version b = any(random);
      Version c = any(random);
      int ab = Integer.signum(a.compareTo(b));
      int bc = Integer.signum(b.compareTo(c));
      int ac = Integer.signum(a.compareTo(c));

      assertThat(a.compareTo(version(a.toString()))).as("%s to itself", a).isZero();
      assertThat(Integer.signum(b.compareTo(a))).as("%s and %s", a, b).isEqualTo(-ab);
      assertThat(a.equals(b)).as("%s and %s", a, b).isEqualTo(ab == 0);
      if (ab == 0) {
        assertThat(a.hashCode()).as("%s and %s", a, b).isEqualTo(b.hashCode());
        assertThat(bc).as("%s, %s and %s", a, b, c).isEqualTo(ac);
      }
      if (ab <= 0 && bc <= 0) {
        assertThat(ac).as("%s, %s and %s", a, b, c).isLessThanOrEqualTo(0);
      }
      if (ab >= 0 && bc >= 0) {
        assertThat(ac).as("%s, %s and %s", a, b, c).isGreaterThanOrEqualTo(0);
      }
    }
  }

  private static Version any(Random random) {
    String[] parts = {"0", "00", "1", "2", "10", "rc", "a", "beta", "build", "x", "v", "rc1", "0a"};
    String[] joints = {".", "-", "_", "~", "+", "", ".."};
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "v0" : "1");
    for (int n = random.nextInt(5); n > 0; n--) {
      text.append(joints[random.nextInt(joints.length)]);
      text.append(parts[random.nextInt(parts.length)]);
    }
    return version(text.toString());
  }

  private static Version version(String text) {
    return Version.parse(text).orElseThrow();
  }
}
