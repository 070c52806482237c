package io.towncrier.releases.reach;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Phase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasureReachTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");

  @Test
  void theLastPhaseSaysHowManyAndHalfADeviceIsOne() {
    assertThat(MeasureReach.Reach.of(1001, List.of(phase(100), phase(2500))).atMost())
        .isEqualTo(251);
    assertThat(MeasureReach.Reach.of(1001, List.of(phase(10_000))).atMost()).isEqualTo(1001);
  }

  @Test
  void withoutPhasesItIsEverybody() {
    assertThat(MeasureReach.Reach.of(7, List.of())).isEqualTo(new MeasureReach.Reach(7, 10_000, 7));
  }

  @Test
  void anImportReachesEachDeviceOnceAndNobodyByWhatIsNotOffered() {
    Release out = release("2.0").build();
    Release half = release("1.9").rolledOutTo(5_000).build();
    Map<ReleaseId, Release> differing =
        Map.of(
            id("a", "2.0"), out,
            id("a", "1.9"), half,
            id("b", "1.9"), half,
            id("c", "2.0"), release("2.0").draft().build(),
            id("d", "2.0"), release("2.0").withdrawn().build(),
            id("e", "2.0"), out.with(out.rollout().halted(NOW)),
            id("nobody", "2.0"), out);
    Map<String, Long> devices = Map.of("a", 100L, "b", 31L, "c", 7L, "d", 7L, "e", 7L, "f", 1_000L);

    MeasureReach.OfImport reach = MeasureReach.OfImport.of(differing, Set.of(), devices);

    assertThat(reach.atMost()).isEqualTo(100 + 16);
    assertThat(reach.byRelease())
        .containsEntry(id("a", "2.0"), 100L)
        .containsEntry(id("a", "1.9"), 50L)
        .containsEntry(id("b", "1.9"), 16L)
        .containsEntry(id("c", "2.0"), 0L)
        .containsEntry(id("d", "2.0"), 0L)
        .containsEntry(id("e", "2.0"), 0L)
        .hasSize(7);
  }

  @Test
  void aProductWithOtherRulesIsReachedAsAWhole() {
    Map<ReleaseId, Release> differing =
        Map.of(id("a", "1.9"), release("1.9").rolledOutTo(100).build());

    assertThat(
            MeasureReach.OfImport.of(differing, Set.of("a", "z"), Map.of("a", 100L, "b", 5L))
                .atMost())
        .isEqualTo(100);
  }

  private static ReleaseId id(String product, String version) {
    return new ReleaseId(product, version);
  }

  private static Phase phase(int buckets) {
    return new Phase(buckets, Optional.empty(), Duration.ZERO);
  }
}
