package io.towncrier.releases.reach;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

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

  /** Of a document that is imported. */
  public Uni<OfImport> ofImport(Differences differences, Instant now) {
    return fleet
        .ofEach()
        .chain(
            devices ->
                (differences.newChannels().isEmpty()
                        ? Uni.createFrom().item(Map.<String, Long>of())
                        : fleet.naming(differences.newChannels()))
                    .map(naming -> OfImport.of(differences, devices, naming, now)));
  }

  /**
   * What a document makes other than it is.
   *
   * @param before what stands there of the releases that it makes or changes
   * @param after the same releases as they are to be
   * @param ruledOtherwise products whose rules it changes, so that all their releases may reach
   *     others
   * @param reordered whether known channels change places, which decides what their followers get
   * @param newChannels that nobody could follow; a device that names one counted as following none
   */
  public record Differences(
      Map<ReleaseId, Optional<Release>> before,
      Map<ReleaseId, Release> after,
      Set<String> ruledOtherwise,
      boolean reordered,
      Set<String> newChannels) {
    /** It changes nothing. */
    public static final Differences NONE =
        new Differences(Map.of(), Map.of(), Set.of(), false, Set.of());

    public Differences {
      before = Map.copyOf(before);
      after = Map.copyOf(after);
      ruledOtherwise = Set.copyOf(ruledOtherwise);
      newChannels = Set.copyOf(newChannels);
    }

    /** As it stood for clients; a draft stood for none. */
    private Optional<Release> was(ReleaseId id) {
      return before
          .getOrDefault(id, Optional.empty())
          .filter(release -> release.state() != Release.State.DRAFT);
    }
  }

  /**
   * How far an import reaches.
   *
   * @param atMost so many devices or fewer, each counted once
   * @param byRelease how many devices each release can be offered to at most; 0 of drafts, and of
   *     what is halted or withdrawn
   * @param asOf when the devices were counted
   */
  public record OfImport(long atMost, Map<ReleaseId, Long> byRelease, Instant asOf) {
    /**
     * Pure.
     *
     * @param devices of each product
     * @param naming those of them that name a new channel
     */
    static OfImport of(
        Differences of, Map<String, Long> devices, Map<String, Long> naming, Instant now) {
      Map<ReleaseId, Long> byRelease = new HashMap<>();
      Map<String, Slices> byProduct = new HashMap<>();
      of.after()
          .forEach(
              (id, release) -> {
                long all = devices.getOrDefault(id.product(), 0L);
                byRelease.put(id, share(all, buckets(release)));
                Slices slices = byProduct.computeIfAbsent(id.product(), p -> new Slices());
                slices.add(id, release);
                // Devices that were offered it, and are not any more, are offered another release.
                of.was(id).ifPresent(was -> slices.add(id, was));
                of.was(id).filter(was -> bindsSiblings(was, release)).ifPresent(w -> slices.all());
              });
      of.ruledOtherwise().forEach(p -> byProduct.computeIfAbsent(p, x -> new Slices()).all());
      naming.keySet().forEach(p -> byProduct.computeIfAbsent(p, x -> new Slices()));
      LongStream reached =
          of.reordered()
              ? devices.values().stream().mapToLong(Long::longValue)
              : byProduct.entrySet().stream()
                  .mapToLong(
                      product -> {
                        long all = devices.getOrDefault(product.getKey(), 0L);
                        long more = naming.getOrDefault(product.getKey(), 0L);
                        return Math.min(all, share(all, product.getValue().buckets()) + more);
                      });
      return new OfImport(reached.sum(), Map.copyOf(byRelease), now);
    }

    /**
     * Whether the change of a release may change who is offered other releases of the product. A
     * floor release has to be installed before later ones, and a release with a counter decides
     * which others count as older. The devices that this concerns need not be in the share of the
     * changed release, so the whole product is reckoned as reached.
     */
    private static boolean bindsSiblings(Release was, Release now) {
      boolean isFloor =
          was.targeting().floorFor().isPresent()
              && !(was.targeting().equals(now.targeting())
                  && was.publishedAt().equals(now.publishedAt())
                  && was.rollout().equals(now.rollout()));
      boolean counted =
          was.counter() > 0 && (now.counter() == 0 || now.publishedAt().isAfter(was.publishedAt()));
      return isFloor || counted;
    }

    /** The share of its last phase; none where it is offered to nobody. */
    private static int buckets(Release release) {
      boolean offers =
          release.state() == Release.State.PUBLISHED
              && release.rollout().state() != Rollout.State.HALTED;
      return offers ? widest(release.rollout().phases()) : 0;
    }
  }

  /**
   * Shares of a product's devices. Releases with the same salt reach the same devices, so the
   * largest share counts. Shares with different salts are independent, so their sum counts.
   */
  private static final class Slices {
    private final Map<String, Integer> bySalt = new HashMap<>();

    void add(ReleaseId id, Release release) {
      bySalt.merge(
          release.rollout().salt().orElseGet(id::toString), OfImport.buckets(release), Math::max);
    }

    void all() {
      bySalt.put("", Bucket.COUNT);
    }

    int buckets() {
      long sum = bySalt.values().stream().mapToLong(Integer::longValue).sum();
      return (int) Math.min(Bucket.COUNT, sum);
    }
  }

  private static int widest(List<Phase> phases) {
    return phases.stream().mapToInt(Phase::buckets).max().orElse(Bucket.COUNT);
  }

  /** Half a device counts as one. */
  private static long share(long devices, int buckets) {
    return (devices * buckets + Bucket.COUNT - 1) / Bucket.COUNT;
  }

  /**
   * How far a release reaches.
   *
   * @param devices registered devices of the product
   * @param buckets the share of the last phase
   * @param atMost so many of them, or fewer
   */
  public record Reach(long devices, int buckets, long atMost) {
    /** Pure. */
    static Reach of(long devices, List<Phase> phases) {
      int buckets = widest(phases);
      return new Reach(devices, buckets, share(devices, buckets));
    }
  }
}
