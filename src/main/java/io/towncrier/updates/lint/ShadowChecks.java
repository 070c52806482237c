package io.towncrier.updates.lint;

import io.towncrier.platform.language.LanguageRanges;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.Selection;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds rules that nobody ever gets to: one before them, in the same release or in an older one of
 * higher priority, means everybody whom they mean.
 */
final class ShadowChecks {
  /** What a release without rules comes to. */
  private static final Reach EVERYBODY =
      new Reach(
          new TargetingRule(
              "",
              0,
              Optional.empty(),
              CountryRule.EVERYWHERE,
              LanguageRanges.NONE,
              Set.of(),
              Optional.empty(),
              Selection.NONE,
              Selection.NONE,
              false),
          Optional.empty());

  private final Channels channels;
  private final LiveVersions live;
  private final Findings findings;

  private ShadowChecks(Channels channels, LiveVersions live, Findings findings) {
    this.channels = channels;
    this.live = live;
    this.findings = findings;
  }

  static void check(
      Product product,
      List<Release> releases,
      Channels channels,
      VersionOrder order,
      LiveVersions live,
      Findings findings) {
    // Rules compete only where there are any; thousands of products have none.
    if (releases.stream().allMatch(r -> r.targeting().rules().isEmpty())) {
      return;
    }
    ShadowChecks checks = new ShadowChecks(channels, live, findings);
    List<Placed> offered =
        releases.stream()
            .filter(r -> r.state() == Release.State.PUBLISHED)
            .filter(r -> r.rollout().state() != Rollout.State.HALTED)
            .filter(r -> !product.securityOnly() || r.severity() == Severity.SECURITY)
            .flatMap(r -> Placed.of(r, order))
            .toList();
    offered.forEach(checks::withinRelease);
    for (Placed shadow : offered) {
      for (Placed shadowed : offered) {
        checks.betweenReleases(shadow, shadowed);
      }
    }
  }

  private void withinRelease(Placed placed) {
    List<Reach> rules = placed.rules();
    for (int later = 1; later < rules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (covers(rules.get(earlier), rules.get(later))) {
          shadowed(placed.release(), rules.get(later), "rule " + rules.get(earlier).rule().name());
          break;
        }
      }
    }
  }

  /** An older release of higher priority is where devices go, and where they then stay. */
  private void betweenReleases(Placed shadow, Placed shadowed) {
    if (shadow.rules().isEmpty()
        || !shadowed.version().isNewerThan(shadow.version())
        || !channels.reaches(
            shadowed.release().targeting().channel(), shadow.release().targeting().channel())
        || !shadow
            .release()
            .targeting()
            .countries()
            .covers(shadowed.release().targeting().countries())) {
      return;
    }
    List<Reach> weaker = shadowed.rules().isEmpty() ? List.of(EVERYBODY) : shadowed.rules();
    for (Reach weak : weaker) {
      for (Reach strong : shadow.rules()) {
        if (goesBefore(strong, shadow.version(), weak, shadowed.version())) {
          shadowed(
              shadowed.release(),
              weak,
              "release " + shadow.release().version() + ", rule " + strong.rule().name());
          break;
        }
      }
    }
  }

  private boolean goesBefore(Reach strong, Version older, Reach weak, Version newer) {
    return strong.rule().priority() > weak.rule().priority()
        // It must hold those who have got there, too.
        && (strong.installed().isEmpty() || strong.installed().get().contains(older))
        && covers(strong, weak)
        // A client that is past it already gets the newer one, and is not sent back.
        && (strong.rule().downgrade() || !live.anyBetween(older, newer, weak.installed()));
  }

  private boolean covers(Reach one, Reach other) {
    return one.rule().covers(other.rule(), channels)
        && (one.installed().isEmpty()
            || other.installed().filter(one.installed().get()::covers).isPresent());
  }

  private void shadowed(Release release, Reach rule, String by) {
    findings.error(
        release,
        rule.equals(EVERYBODY) ? "" : "rules[" + rule.rule().name() + "]",
        "shadowed",
        "nobody gets to it: " + by + " goes before");
  }

  /** A rule whose range of installed versions is understood. */
  private record Reach(TargetingRule rule, Optional<VersionRange.Resolved> installed) {
    static Stream<Reach> of(TargetingRule rule, VersionOrder order) {
      if (rule.installed().isEmpty()) {
        return Stream.of(new Reach(rule, Optional.empty()));
      }
      // One that is not understood is a finding of its own.
      return rule.installed().get().resolve(order::read) instanceof VersionRange.Resolved resolved
          ? Stream.of(new Reach(rule, Optional.of(resolved)))
          : Stream.empty();
    }
  }

  private record Placed(Release release, Version version, List<Reach> rules) {
    static Stream<Placed> of(Release release, VersionOrder order) {
      List<Reach> rules =
          release.targeting().rules().stream().flatMap(rule -> Reach.of(rule, order)).toList();
      // Without any left it would pass for one that is for everybody.
      return rules.isEmpty() && !release.targeting().rules().isEmpty()
          ? Stream.empty()
          : order.read(release.version()).stream()
              .map(version -> new Placed(release, version, rules));
    }
  }
}
