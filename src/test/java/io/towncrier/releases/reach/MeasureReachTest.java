package io.towncrier.releases.reach;

import static io.towncrier.releases.SampleRelease.release;
import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.reach.MeasureReach.Differences;
import io.towncrier.releases.reach.MeasureReach.OfImport;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MeasureReachTest {
  private static final Instant NOW = Instant.parse("2026-05-10T12:00:00Z");
  private static final Map<String, Long> HUNDRED = Map.of("a", 100L);

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

    OfImport reach = reach(making(differing), devices);

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

    Differences ruled = new Differences(Map.of(), differing, Set.of("a", "z"), false, Set.of());
    assertThat(reach(ruled, Map.of("a", 100L, "b", 5L)).atMost()).isEqualTo(100);
  }

  @Test
  void siblingsReachDifferentDevicesUnlessTheyShareTheirSalt() {
    Release third = release("2.0").rolledOutTo(3_000).build();
    Release quarter = release("1.9").rolledOutTo(2_500).build();

    assertThat(
            reach(making(Map.of(id("a", "2.0"), third, id("a", "1.9"), quarter)), HUNDRED).atMost())
        .isEqualTo(55);
    assertThat(
            reach(
                    making(Map.of(id("a", "2.0"), salted(third), id("a", "1.9"), salted(quarter))),
                    HUNDRED)
                .atMost())
        .isEqualTo(30);
    assertThat(
            reach(
                    making(
                        Map.of(
                            id("a", "2.0"),
                            third,
                            id("a", "1.9"),
                            release("1.9").rolledOutTo(9_000).build())),
                    HUNDRED)
                .atMost())
        .isEqualTo(100);
  }

  @Test
  void whereAReleaseIsTakenBackASiblingTakesItsPlace() {
    Release was = release("2.0").rolledOutTo(4_000).build();

    OfImport withdrawn =
        reach(changing(id("a", "2.0"), was, was.inState(Release.State.WITHDRAWN)), HUNDRED);
    OfImport halted =
        reach(changing(id("a", "2.0"), was, was.with(was.rollout().halted(NOW))), HUNDRED);
    Release draft = was.inState(Release.State.DRAFT);

    assertThat(withdrawn.atMost()).isEqualTo(40);
    assertThat(withdrawn.byRelease()).containsEntry(id("a", "2.0"), 0L);
    assertThat(halted.atMost()).isEqualTo(40);
    // What is wider than before reaches its own share, and a draft has no place to be taken.
    assertThat(
            reach(changing(id("a", "2.0"), was, release("2.0").rolledOutTo(7_000).build()), HUNDRED)
                .atMost())
        .isEqualTo(70);
    assertThat(reach(changing(id("a", "2.0"), draft, draft), HUNDRED).atMost()).isZero();
  }

  @Test
  void siblingsThatAFloorOrACounterHeldBackMayReachEverybody() {
    Release floor = release("2.0").rolledOutTo(1_000).floorBefore("2.0").build();
    Release none = release("2.0").rolledOutTo(1_000).build();
    Release counted = release("2.0").rolledOutTo(1_000).counting(7).build();

    assertThat(reach(changing(id("a", "2.0"), floor, none), HUNDRED).atMost()).isEqualTo(100);
    assertThat(reach(changing(id("a", "2.0"), counted, none), HUNDRED).atMost()).isEqualTo(100);
    // Nobody is set free by a new floor, or by other words.
    assertThat(reach(changing(id("a", "2.0"), none, floor), HUNDRED).atMost()).isEqualTo(10);
    assertThat(
            reach(
                    changing(
                        id("a", "2.0"),
                        floor,
                        release("2.0")
                            .rolledOutTo(1_000)
                            .floorBefore("2.0")
                            .withNotesIn("en", "de")
                            .build()),
                    HUNDRED)
                .atMost())
        .isEqualTo(10);
  }

  @Test
  void channelsThatChangePlacesReachTheWholeFleetAndNewOnesThoseThatNameThem() {
    Map<String, Long> devices = Map.of("a", 100L, "b", 31L);
    Map<String, Long> naming = Map.of("a", 4L);
    Map<ReleaseId, Release> none = Map.of();

    assertThat(
            OfImport.of(
                    new Differences(Map.of(), none, Set.of(), true, Set.of()),
                    devices,
                    Map.of(),
                    NOW)
                .atMost())
        .isEqualTo(131);
    assertThat(
            OfImport.of(
                    new Differences(Map.of(), none, Set.of(), false, Set.of("nightly")),
                    devices,
                    naming,
                    NOW)
                .atMost())
        .isEqualTo(4);
    assertThat(
            OfImport.of(
                    new Differences(
                        Map.of(),
                        Map.of(id("a", "2.0"), release("2.0").rolledOutTo(9_800).build()),
                        Set.of(),
                        false,
                        Set.of("nightly")),
                    devices,
                    naming,
                    NOW)
                .atMost())
        .isEqualTo(100);
  }

  private static OfImport reach(Differences differences, Map<String, Long> devices) {
    return OfImport.of(differences, devices, Map.of(), NOW);
  }

  private static Differences making(Map<ReleaseId, Release> after) {
    return new Differences(Map.of(), after, Set.of(), false, Set.of());
  }

  private static Differences changing(ReleaseId id, Release before, Release after) {
    return new Differences(
        Map.of(id, Optional.of(before)), Map.of(id, after), Set.of(), false, Set.of());
  }

  private static Release salted(Release release) {
    Rollout is = release.rollout();
    return release.with(
        new Rollout(is.phases(), Optional.of("one"), is.state(), is.heldSince(), is.heldFor()));
  }

  private static ReleaseId id(String product, String version) {
    return new ReleaseId(product, version);
  }

  private static Phase phase(int buckets) {
    return new Phase(buckets, Optional.empty(), Duration.ZERO);
  }
}
