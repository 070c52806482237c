package io.towncrier.releases.version;

import java.util.List;
import java.util.Random;

/** Random versions of every scheme; from so few parts that many are equal or next to each other. */
final class SampleVersions {
  private static final List<String> NATURAL_PARTS =
      List.of(
          "0", "00", "1", "2", "10", "rc", "a", "beta", "build", "x", "v", "rc1", "0a", "b2", "c",
          "p");
  private static final List<String> NATURAL_JOINTS = List.of(".", "-", "_", "~", "+", "", "..");
  private static final List<String> NUMBERS =
      List.of("0", "1", "2", "10", "999999999999999999", "1000000000000000000");
  private static final List<String> IDENTIFIERS =
      List.of("0", "1", "12", "a", "A", "-", "rc", "rc-1", "0a", "abcdefghij", "abcdefghijk");
  private static final List<String> DAYS =
      List.of("1970-01-01", "19700101", "2024-02-29", "2024.02.29", "20240301", "9999-12-31");
  private static final List<String> SEQUENCES =
      List.of("", ".0", "-1", "_1", ".01", ".2", ".10", ".1000000000000000000");

  private SampleVersions() {}

  static Version any(VersionScheme scheme, Random random) {
    return switch (scheme) {
      case NATURAL -> version(scheme, natural(random));
      case SEMVER -> version(scheme, semantic(random));
      case DATE -> version(scheme, one(DAYS, random) + one(SEQUENCES, random));
      case SEQUENCE -> Version.ofSequence("build" + random.nextInt(3), random.nextInt(6));
    };
  }

  static Version version(VersionScheme scheme, String text) {
    return scheme
        .read(text)
        .orElseThrow(() -> new AssertionError(text + " is no version of " + scheme));
  }

  static String natural(Random random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "v0" : "1");
    for (int n = random.nextInt(5); n > 0; n--) {
      text.append(one(NATURAL_JOINTS, random)).append(one(NATURAL_PARTS, random));
    }
    return text.toString();
  }

  static String semantic(Random random) {
    StringBuilder text = new StringBuilder();
    text.append(random.nextInt(4) > 0 ? "1.0" : random.nextInt(2) + "." + one(NUMBERS, random));
    text.append('.').append(random.nextInt(4) > 0 ? "0" : one(NUMBERS, random));
    for (int i = 0, n = random.nextInt(4); i < n; i++) {
      text.append(i == 0 ? '-' : '.').append(one(IDENTIFIERS, random));
    }
    text.append(random.nextInt(4) > 0 ? "" : "+0" + random.nextInt(2));
    return text.length() <= Version.MAX_LENGTH ? text.toString() : semantic(random);
  }

  private static String one(List<String> of, Random random) {
    return of.get(random.nextInt(of.size()));
  }
}
