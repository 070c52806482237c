package io.towncrier.updates.decision;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** A product and its releases, arranged for deciding: immutable, shared by all requests. */
public final class ProductReleases {
  private final Product product;
  private final Positions positions;
  private final RuleTable rules;
  private final List<Candidate> newestFirst;
  private final List<Candidate> floors;
  // Two for each floor: the positions of installed versions for which it is one.
  private final int[] floorSpans;
  // Of each release and everything older than it, so that a decision can stop early: twice the
  // highest priority, and one more when one of them may replace a newer version.
  private final int[] rest;
  private final Halt halt;
  // When the security releases came out or will, the oldest first; in seconds of Unix time.
  private final long[] securitySeconds;
  private final Optional<Instant> countersSince;
  private final KnownMatters matters = new KnownMatters(this);

  private ProductReleases(
      Product product,
      Positions positions,
      RuleTable rules,
      List<Candidate> newestFirst,
      Optional<Instant> countersSince,
      Halt halt) {
    this.halt = halt;
    this.product = product;
    this.positions = positions;
    this.rules = rules;
    this.newestFirst = newestFirst;
    this.countersSince = countersSince;
    this.floors =
        newestFirst.stream()
            .filter(c -> c.floorFor().isPresent())
            .sorted(Comparator.comparingInt(Candidate::position))
            .toList();
    this.floorSpans =
        floors.stream()
            .flatMapToInt(f -> IntStream.of(f.floorSpan().first(), f.floorSpan().last()))
            .toArray();
    this.securitySeconds =
        newestFirst.stream().flatMapToLong(Candidate::securitySecond).sorted().toArray();
    this.rest = new int[newestFirst.size()];
    int priority = 0;
    int downgrades = 0;
    for (int i = newestFirst.size() - 1; i >= 0; i--) {
      priority = Math.max(priority, newestFirst.get(i).priority());
      downgrades |= newestFirst.get(i).downgrades() ? 1 : 0;
      rest[i] = 2 * priority + downgrades;
    }
  }

  private ProductReleases(Product product, ProductReleases shared, Halt halt) {
    this.product = product;
    this.halt = halt;
    this.positions = shared.positions;
    this.rules = shared.rules;
    this.newestFirst = shared.newestFirst;
    this.floors = shared.floors;
    this.floorSpans = shared.floorSpans;
    this.rest = shared.rest;
    this.securitySeconds = shared.securitySeconds;
    this.countersSince = shared.countersSince;
  }

  /** Compiles what is published or withdrawn; drafts are left out. */
  public static ProductReleases of(Product product, List<Release> releases) {
    return of(product, releases, UnaryOperator.identity());
  }

  /**
   * The same beside other products.
   *
   * @param shared gives the rule that looks at the same and is held already
   */
  static ProductReleases of(
      Product product, List<Release> releases, UnaryOperator<TargetingRule> shared) {
    List<Release> out = releases.stream().filter(r -> r.state() != Release.State.DRAFT).toList();
    Positions positions = Positions.of(VersionOrder.of(product.scheme(), out), out);
    RuleTable.Builder rules = new RuleTable.Builder(shared);
    List<Candidate> newestFirst =
        out.stream()
            .sorted(
                Comparator.comparingInt((Release release) -> positions.of(release.version()))
                    .reversed()
                    // Two spellings of one version: the answer must not depend on their order.
                    .thenComparing(Release::version))
            .map(release -> Candidate.of(positions, release, rules))
            .flatMap(Optional::stream)
            .toList();
    Optional<Instant> countersSince =
        out.stream()
            .filter(release -> release.counter() > 0)
            .map(Release::publishedAt)
            .min(Comparator.naturalOrder());
    return new ProductReleases(
        product, positions, rules.build(), newestFirst, countersSince, Halt.NONE);
  }

  /** The same for another product that has the very same releases and reads versions alike. */
  ProductReleases sharedWith(Product sibling) {
    return new ProductReleases(sibling, this, halt);
  }

  /** The same in a cell whose offers are halted, or go on. */
  public ProductReleases under(Halt other) {
    return other.equals(halt) ? this : new ProductReleases(product, this, other);
  }

  /** Since when offers are halted for the whole cell. */
  public Halt halt() {
    return halt;
  }

  /**
   * The same for clients that differ from this one in nothing but the installed version: what is
   * for others is left out, so that many of them are decided for quickly. Not to be explained:
   * rules that are left out are no reason any more.
   */
  public ProductReleases narrowedTo(ClientFacts client, Channels channels) {
    boolean[] mayMean = new boolean[rules.kindCount()];
    for (int kind = 0; kind < mayMean.length; kind++) {
      mayMean[kind] = rules.kind(kind).refusal(client, channels).isEmpty();
    }
    RuleTable.Builder kept = new RuleTable.Builder(rules);
    List<Candidate> candidates =
        newestFirst.stream()
            .map(candidate -> candidate.narrowed(rules, kept, kind -> mayMean[kind]))
            .flatMap(Optional::stream)
            .toList();
    return new ProductReleases(product, positions, kept.build(), candidates, countersSince, halt);
  }

  public Product product() {
    return product;
  }

  /** The versions as they are understood. */
  public VersionOrder order() {
    return positions.order();
  }

  /** Whether a security release came out within some time before a moment. */
  public boolean hasSecuritySince(Duration age, Instant now) {
    int found = Arrays.binarySearch(securitySeconds, now.getEpochSecond());
    int newest = found >= 0 ? found : -found - 2;
    return newest >= 0 && securitySeconds[newest] > now.getEpochSecond() - age.toSeconds();
  }

  /**
   * Since when one of the releases that are out has a counter. Where none has one, a device that
   * reports a counter has it of nothing that stands here: it would be held back from every release
   * for good.
   */
  Optional<Instant> countersSince() {
    return countersSince;
  }

  /** What can change what an anonymous client is told. */
  public Matters matters(
      DecidedUpdate verdict, Channels channels, ClientFacts client, Instant now) {
    return verdict.installed() == Positions.UNKNOWN
        ? Matters.NOTHING
        : matters.of(verdict.installed(), channels, client, now);
  }

  int positionCount() {
    return positions.count();
  }

  /** Of the version that a text names, or {@link Positions#UNKNOWN}. */
  int positionOf(String version) {
    return positions.of(version);
  }

  RuleTable rules() {
    return rules;
  }

  public List<Candidate> newestFirst() {
    return newestFirst;
  }

  /**
   * Those that an installed version must not pass by, the oldest first: all of them when it meets
   * one, and none for most clients, which are past them.
   */
  List<Candidate> floorsFor(int installed) {
    for (int i = 0; i < floorSpans.length; i += 2) {
      if (floorSpans[i] <= installed && installed <= floorSpans[i + 1]) {
        return floors;
      }
    }
    return List.of();
  }

  /** The highest priority among the release at this position and all that are older. */
  int priorityFrom(int position) {
    return rest[position] >> 1;
  }

  /** Whether the release at this position, or one that is older, may replace a newer version. */
  boolean downgradesFrom(int position) {
    return (rest[position] & 1) != 0;
  }
}
