package io.towncrier.updates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("zoneless")
class FingerprintTest {
  @Test
  void theSameHasTheSameName() {
    assertThat(print("a", "b", 7)).isEqualTo(print("a", "b", 7)).matches("[A-Za-z0-9_-]{20}");
  }

  @Test
  void whereOneTextEndsCounts() {
    assertThat(print("ab", "", 7))
        .isNotEqualTo(print("a", "b", 7))
        .isNotEqualTo(print("", "ab", 7));
  }

  @Test
  void amongAMillionThatDifferLittleNoTwoAreAlike() {
    Set<String> names = new HashSet<>();
    Set<String> halves = new HashSet<>();
    for (int i = 0; i < 1_000_000; i++) {
      String name = print("cat_2xr9tst06r5zdc4dp0ph0tgwmn", "1." + i / 1000, i % 1000);
      names.add(name);
      halves.add(name.substring(10));
    }
    assertThat(names).hasSize(1_000_000);
    // Each half alone has 60 bits: a weak one would show here.
    assertThat(halves).hasSize(1_000_000);
  }

  private static String print(String one, String two, long number) {
    return new Fingerprint().add(one).add(two).add(number).text();
  }
}
