package io.towncrier.releases.reach;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Measures how many devices a release can be offered to at most when all its phases are through:
 * from counts, so at once. Targeting rules make it fewer; a simulation says how many.
 */
@ApplicationScoped
public class MeasureReach {
  private final FleetSize fleet;
  private final ReleaseStore releases;

  MeasureReach(FleetSize fleet, ReleaseStore releases) {
    this.fleet = fleet;
    this.releases = releases;
  }

  /** Of a release with the phases that it has; empty when there is no such release. */
  public Uni<Optional<Reach>> of(ReleaseId id) {
    return releases
        .find(id)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.empty())
                    : of(id, found.get().release().rollout().phases()).map(Optional::of));
  }

  /** Of a release with other phases. */
  public Uni<Reach> of(ReleaseId id, List<Phase> phases) {
    return fleet.of(id.product()).map(devices -> Reach.of(devices, phases));
  }

  /**
   * Of a document that is imported.
   *
   * @param differing the releases that it makes or changes, as they are to be
   * @param ruledOtherwise products whose rules it changes, so that their releases may reach others
   */
  public Uni<OfImport> ofImport(Map<ReleaseId, Release> differing, Set<String> ruledOtherwise) {
    return fleet.ofEach().map(devices -> OfImport.of(differing, ruledOtherwise, devices));
  }

  /**
   * How far an import reaches.
   *
   * @param atMost so many devices or fewer, each counted once
   * @param byRelease how many devices each release can be offered to at most; 0 of drafts, and of
   *     what is halted or withdrawn
   */
  public record OfImport(long atMost, Map<ReleaseId, Long> byRelease) {
    /** Pure. */
    static OfImport of(
        Map<ReleaseId, Release> differing, Set<String> ruledOtherwise, Map<String, Long> devices) {
      Map<ReleaseId, Long> byRelease = new HashMap<>();
      Map<String, Long> byProduct = new HashMap<>();
      differing.forEach(
          (id, release) -> {
            long all = devices.getOrDefault(id.product(), 0L);
            long atMost = offers(release) ? Reach.of(all, release.rollout().phases()).atMost() : 0;
            byRelease.put(id, atMost);
            byProduct.merge(id.product(), atMost, Math::max);
          });
      ruledOtherwise.forEach(product -> byProduct.put(product, devices.getOrDefault(product, 0L)));
      return new OfImport(
          byProduct.values().stream().mapToLong(Long::longValue).sum(), Map.copyOf(byRelease));
    }

    private static boolean offers(Release release) {
      return release.state() == Release.State.PUBLISHED
          && release.rollout().state() != Rollout.State.HALTED;
    }
  }

  /**
   * How far a release reaches.
   *
   * @param devices registered devices of the product
   * @param buckets the share of the last phase
   * @param atMost so many of them, or fewer
   */
  public record Reach(long devices, int buckets, long atMost) {
    /** Pure; half a device counts as one. */
    static Reach of(long devices, List<Phase> phases) {
      int buckets = phases.stream().mapToInt(Phase::buckets).max().orElse(Bucket.COUNT);
      return new Reach(devices, buckets, (devices * buckets + Bucket.COUNT - 1) / Bucket.COUNT);
    }
  }
}
