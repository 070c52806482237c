package io.towncrier.releases;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleRule.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.language.TextLanguages;
import io.towncrier.releases.targeting.TargetingRule;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedPartsTest {
  private final SharedParts parts = new SharedParts();

  @Test
  void aReleaseStaysWhatItIs() {
    Release given = europe("1.0").floorBefore("1.0").rolledOutTo(100).build();

    assertThat(parts.of(given)).isEqualTo(given);
  }

  @Test
  void whatIsEqualInTwoReleasesIsHeldOnce() {
    TargetingRule first = parts.of(europe("1.0").build()).targeting().rules().get(0);
    TargetingRule second = parts.of(europe("1.1").build()).targeting().rules().get(0);

    assertThat(second.countries()).isSameAs(first.countries());
    assertThat(second.hardware()).isSameAs(first.hardware());
    assertThat(second.only()).isSameAs(first.only());
    assertThat(second.installed()).isSameAs(first.installed());
  }

  @Test
  void textsShareTheListOfTheirLanguages() {
    List<TextLanguages> seen = new ArrayList<>();
    for (String version : List.of("1.0", "1.1")) {
      Release release = parts.of(release(version).withNotesIn("en", "de").build());
      release
          .content()
          .notes()
          .sharing(
              languages -> {
                seen.add(languages);
                return languages;
              });
    }

    assertThat(seen.get(0)).isSameAs(seen.get(1));
    assertThat(seen.get(0).tags()).containsExactly("de", "en");
  }

  @Test
  void whatDiffersStaysApart() {
    TargetingRule europe = parts.of(europe("1.0").build()).targeting().rules().get(0);
    Release elsewhere = release("1.1").forRules(rule("europe").in("US").onHardware("r2")).build();
    TargetingRule other = parts.of(elsewhere).targeting().rules().get(0);

    assertThat(other).isNotEqualTo(europe).isEqualTo(elsewhere.targeting().rules().get(0));
  }

  private static SampleRelease europe(String version) {
    return release(version)
        .forRules(rule("europe").in("DE", "FR").onHardware("r1").onlyCohorts("lab-1").from("0.9"));
  }
}
