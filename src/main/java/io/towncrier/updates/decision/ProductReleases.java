package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionOrder;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A product and its releases, arranged for deciding: immutable, shared by all requests. */
public final class ProductReleases {
  private final Product product;
  private final Positions positions;
  private final List<Candidate> newestFirst;
  private final List<Candidate> floors;
  // Of each position and everything older than it, so that a decision can stop early.
  private final int[] priorityFrom;
  private final boolean[] downgradesFrom;

  private ProductReleases(Product product, Positions positions, List<Candidate> newestFirst) {
    this.product = product;
    this.positions = positions;
    this.newestFirst = newestFirst;
    this.floors =
        newestFirst.stream()
            .filter(c -> c.floorFor().isPresent())
            .sorted(Comparator.comparingInt(Candidate::position))
            .toList();
    this.priorityFrom = new int[newestFirst.size()];
    this.downgradesFrom = new boolean[newestFirst.size()];
    int priority = 0;
    boolean downgrades = false;
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      priority = Math.max(priority, newestFirst.get(i).priority());
      downgrades |= newestFirst.get(i).downgrades();
      priorityFrom[i] = priority;
      downgradesFrom[i] = downgrades;
    }
  }

  private ProductReleases(Product product, ProductReleases shared) {
    this.product = product;
    this.positions = shared.positions;
    this.newestFirst = shared.newestFirst;
    this.floors = shared.floors;
    this.priorityFrom = shared.priorityFrom;
    this.downgradesFrom = shared.downgradesFrom;
  }

  /** Compiles what is published or withdrawn; drafts are left out. */
  public static ProductReleases of(Product product, List<Release> releases) {
    List<Release> out = releases.stream().filter(r -> r.state() != Release.State.DRAFT).toList();
    Positions positions = Positions.of(VersionOrder.of(product.scheme(), out), out);
    Map<TargetingRule, Integer> kinds = new HashMap<>();
    return new ProductReleases(
        product,
        positions,
        out.stream()
            .map(release -> Candidate.of(positions, release, kinds))
            .flatMap(Optional::stream)
            .sorted(
                Comparator.comparingInt(Candidate::position)
                    .reversed()
                    // Two spellings of one version: the answer must not depend on their order.
                    .thenComparing(c -> c.release().version()))
            .toList());
  }

  /** The same for another product that has the very same releases and reads versions alike. */
  ProductReleases sharedWith(Product sibling) {
    return new ProductReleases(sibling, this);
  }

  /**
   * The same for clients that differ from this one in nothing but the installed version: what is
   * for others is left out, so that many of them are decided for quickly.
   */
  public ProductReleases narrowedTo(ClientFacts client, Channels channels) {
    return new ProductReleases(
        product,
        positions,
        newestFirst.stream()
            .map(candidate -> candidate.narrowedTo(client, channels))
            .flatMap(Optional::stream)
            .toList());
  }

  public Product product() {
    return product;
  }

  /** The versions as they are understood. */
  public VersionOrder order() {
    return positions.order();
  }

  /** Of the version that a text names, or {@link Positions#UNKNOWN}. */
  int positionOf(String version) {
    return positions.of(version);
  }

  public List<Candidate> newestFirst() {
    return newestFirst;
  }

  /** Those that must not be passed by, the oldest first. */
  List<Candidate> floors() {
    return floors;
  }

  /** The highest priority among the release at this position and all that are older. */
  int priorityFrom(int position) {
    return priorityFrom[position];
  }

  /** Whether the release at this position, or one that is older, may replace a newer version. */
  boolean downgradesFrom(int position) {
    return downgradesFrom[position];
  }
}
