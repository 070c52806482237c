package io.towncrier.updates.decision;

import static io.towncrier.releases.SampleRelease.release;
import static io.towncrier.releases.targeting.SampleFacts.installed;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.SampleProduct;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.version.VersionScheme;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CompileReleasesTest {
  private static final Instant NOW = Instant.parse("2026-05-01T12:00:00Z");
  private static final Channels CHANNELS = new Channels(List.of("stable"));
  private static final Rollout HALF =
      new Rollout(
          List.of(new Phase(5_000, Optional.empty(), Duration.ZERO)),
          Optional.empty(),
          Rollout.State.RUNNING,
          Optional.empty(),
          Duration.ZERO);

  private final CompileReleases compile = new CompileReleases();

  @Test
  void productsWithTheSameReleasesShareWhatIsCompiled() {
    List<Release> releases = List.of(release("1.0").build(), release("1.1").build());

    ProductReleases one = compile.of(product("one", VersionScheme.NATURAL), releases);
    ProductReleases other = compile.of(product("other", VersionScheme.NATURAL), releases);

    assertThat(other.newestFirst()).isSameAs(one.newestFirst());
    assertThat(one.product().id()).isEqualTo("one");
    assertThat(other.product().id()).isEqualTo("other");
  }

  @Test
  void anotherSchemeOrReleaseIsCompiledApart() {
    Release first = release("1.0.0").build();
    List<Release> releases = List.of(first, release("1.1.0").build());
    ProductReleases one = compile.of(product("one", VersionScheme.NATURAL), releases);

    assertThat(compile.of(product("two", VersionScheme.SEMVER), releases).newestFirst())
        .isNotSameAs(one.newestFirst());
    assertThat(compile.of(product("three", VersionScheme.NATURAL), List.of(first)).newestFirst())
        .hasSize(1);
    assertThat(
            compile
                .of(
                    product("four", VersionScheme.NATURAL),
                    List.of(first, release("1.1.0").counting(7).build()))
                .newestFirst()
                .get(0)
                .release()
                .counter())
        .isEqualTo(7);
  }

  @Test
  void eachProductKeepsItsOwnSliceOfTheFleet() {
    List<Release> releases = List.of(release("1.0").build(), release("1.1").build().with(HALF));
    Product one = product("one", VersionScheme.NATURAL);
    Product other = product("other", VersionScheme.NATURAL);
    int different = 0;
    for (int i = 0; i < 1_000; i++) {
      String cohort = "c" + i;
      UpdateDecision ofOne = decide(compile.of(one, releases), cohort);
      UpdateDecision ofOther = decide(compile.of(other, releases), cohort);
      assertThat(ofOne).isEqualTo(decide(ProductReleases.of(one, releases), cohort));
      assertThat(ofOther).isEqualTo(decide(ProductReleases.of(other, releases), cohort));
      different += ofOne.equals(ofOther) ? 0 : 1;
    }
    assertThat(different).isBetween(400, 600);
  }

  private static UpdateDecision decide(ProductReleases releases, String cohort) {
    return DecideUpdate.BY_ALL_GATES
        .decide(releases, CHANNELS, installed("1.0").ofCohort(cohort).build(), NOW, Duration.ZERO)
        .decision();
  }

  private static Product product(String id, VersionScheme scheme) {
    return SampleProduct.product(id).ordered(scheme).build();
  }
}
