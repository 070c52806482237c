package io.towncrier.updates.decision;

import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionScheme;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compiles products one after the other. Models of one platform have the same releases, so these
 * are compiled and held once, and decisions for all of these models find them in the processor's
 * cache. Not for several threads.
 */
public final class CompileReleases {
  private final Map<Lineup, ProductReleases> known = new HashMap<>();
  private final Map<TargetingRule, TargetingRule> kinds = new HashMap<>();

  public ProductReleases of(Product product, List<Release> releases) {
    return known
        .computeIfAbsent(
            new Lineup(product.scheme(), releases),
            same -> ProductReleases.of(product, releases, this::kind))
        .sharedWith(product);
  }

  /** Of rules: many products have canaries of the same cohorts. */
  private TargetingRule kind(TargetingRule kind) {
    return kinds.computeIfAbsent(kind, same -> same);
  }

  /**
   * What a compilation rests on. Releases are the same when they are one object, as the code that
   * reads the catalogue makes them: to compare them word for word would take longer than to compile
   * them.
   */
  private static final class Lineup {
    private final VersionScheme scheme;
    private final Release[] releases;

    Lineup(VersionScheme scheme, List<Release> releases) {
      this.scheme = scheme;
      this.releases = releases.toArray(new Release[0]);
    }

    @Override
    @SuppressWarnings("ReferenceEquality")
    public boolean equals(Object other) {
      if (!(other instanceof Lineup that)
          || scheme != that.scheme
          || releases.length != that.releases.length) {
        return false;
      }
      for (int i = 0; i < releases.length; i++) {
        if (releases[i] != that.releases[i]) {
          return false;
        }
      }
      return true;
    }

    @Override
    public int hashCode() {
      int hash = scheme.hashCode();
      for (Release release : releases) {
        hash = 31 * hash + System.identityHashCode(release);
      }
      return hash;
    }
  }
}
