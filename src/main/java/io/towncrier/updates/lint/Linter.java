package io.towncrier.updates.lint;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Finding;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.version.VersionOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Proves of one product that every live version comes to its target, that no rule is shadowed and
 * no floor unreachable, and looks at each release by itself (docs/adr/0014). Whether a rollout has
 * come far enough is no defect: all are taken as finished, unless they are halted.
 */
public final class Linter {
  private static final Set<String> UNPLACED =
      Set.of("unknown-version", "same-version", "counter-missing");

  private Linter() {}

  /**
   * What registered devices of a product say.
   *
   * @param versions that they have installed
   * @param counters whether any has a release counter that is not zero
   */
  public record Reported(Set<String> versions, boolean counters) {
    public Reported {
      versions = Set.copyOf(versions);
    }
  }

  /**
   * Everything that is found; the errors first.
   *
   * @param releases of the product; drafts among them are not looked at
   * @param reported what devices of the product say
   */
  public static List<Finding> lint(
      Product product, List<Release> releases, Channels channels, Reported reported) {
    List<Release> out = releases.stream().filter(r -> r.state() != Release.State.DRAFT).toList();
    VersionOrder order = VersionOrder.of(product.scheme(), out);
    Findings findings = new Findings(product.id());
    for (Release release : out) {
      if (release.state() == Release.State.PUBLISHED) {
        ReleaseChecks.check(product, release, channels, order, findings);
      }
    }
    OrderChecks.check(out, channels, order, findings);
    LiveVersions versions = new LiveVersions(out, order, reported.versions());
    if (reported.counters() && out.stream().noneMatch(release -> release.counter() > 0)) {
      findings.warning(
          "no-counters",
          "devices report a release counter, and no release has one: it protects none of them"
              + " against a roll-back");
    }
    ShadowChecks.check(product, out, channels, order, versions, findings);
    // What cannot be read has no place in the order: the way to it cannot be walked.
    if (!findings.hasAny(UNPLACED)) {
      UpgradePathChecks.check(product, out, channels, versions, findings);
    }
    List<Finding> all = new ArrayList<>(findings.all());
    all.sort(Comparator.comparing(Finding::level));
    return List.copyOf(all);
  }
}
