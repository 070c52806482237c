package io.towncrier.updates.lint;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
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

/**
 * Finds rules that nobody ever gets to: one before them, in the same release or in an older one of
 * higher priority, means everybody whom they mean.
 */
final class ShadowChecks {
  private static final TargetingRule EVERYBODY =
      new TargetingRule(
          "everybody",
          0,
          Optional.empty(),
          CountryRule.EVERYWHERE,
          Set.of(),
          Set.of(),
          Optional.empty(),
          Selection.NONE,
          Selection.NONE,
          false);

  private final Channels channels;
  private final VersionOrder order;
  private final Findings findings;

  private ShadowChecks(Channels channels, VersionOrder order, Findings findings) {
    this.channels = channels;
    this.order = order;
    this.findings = findings;
  }

  static void check(
      List<Release> releases, Channels channels, VersionOrder order, Findings findings) {
    List<Release> published =
        releases.stream().filter(r -> r.state() == Release.State.PUBLISHED).toList();
    // Rules compete only where there are any; thousands of products have none.
    if (published.stream().allMatch(r -> r.targeting().rules().isEmpty())) {
      return;
    }
    ShadowChecks checks = new ShadowChecks(channels, order, findings);
    published.forEach(checks::withinRelease);
    for (Release shadowed : published) {
      for (Release shadow : published) {
        checks.betweenReleases(shadow, shadowed);
      }
    }
  }

  private void withinRelease(Release release) {
    List<TargetingRule> rules = release.targeting().rules();
    for (int later = 1; later < rules.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        if (covers(rules.get(earlier), rules.get(later))) {
          shadowed(release, rules.get(later), "rule " + rules.get(earlier).name());
          break;
        }
      }
    }
  }

  /** An older release of higher priority is where devices go, and where they then stay. */
  private void betweenReleases(Release shadow, Release shadowed) {
    Optional<Version> older = order.read(shadow.version());
    Optional<Version> newer = order.read(shadowed.version());
    boolean inOrder =
        older.isPresent() && newer.isPresent() && newer.get().isNewerThan(older.get());
    boolean halted = shadow.rollout().state() == Rollout.State.HALTED;
    if (!inOrder
        || halted
        || !channels.reaches(shadowed.targeting().channel(), shadow.targeting().channel())
        || !shadow.targeting().countries().covers(shadowed.targeting().countries())) {
      return;
    }
    for (TargetingRule strong : shadow.targeting().rules()) {
      // It must hold those who have got there, too.
      boolean holds =
          strong.installed().isEmpty()
              || resolved(strong).filter(range -> range.contains(older.get())).isPresent();
      if (!holds) {
        continue;
      }
      if (shadowed.targeting().rules().isEmpty() && strong.priority() > 0 && isForAll(strong)) {
        findings.error(
            shadowed, "", "shadowed", "nobody gets to it: " + shadow.version() + " goes before");
      }
      for (TargetingRule weak : shadowed.targeting().rules()) {
        if (strong.priority() > weak.priority() && covers(strong, weak)) {
          shadowed(shadowed, weak, "release " + shadow.version() + ", rule " + strong.name());
        }
      }
    }
  }

  private boolean isForAll(TargetingRule rule) {
    return covers(rule, EVERYBODY);
  }

  private boolean covers(TargetingRule one, TargetingRule other) {
    return one.covers(other, channels) && coversInstalled(one, other);
  }

  private boolean coversInstalled(TargetingRule one, TargetingRule other) {
    if (one.installed().isEmpty()) {
      return true;
    }
    Optional<VersionRange.Resolved> mine = resolved(one);
    Optional<VersionRange.Resolved> others = resolved(other);
    return mine.isPresent() && others.isPresent() && mine.get().covers(others.get());
  }

  private Optional<VersionRange.Resolved> resolved(TargetingRule rule) {
    return rule.installed()
        .map(range -> range.resolve(order::read))
        .filter(VersionRange.Resolved.class::isInstance)
        .map(VersionRange.Resolved.class::cast);
  }

  private void shadowed(Release release, TargetingRule rule, String by) {
    findings.error(
        release,
        "rules[" + rule.name() + "]",
        "shadowed",
        "nobody gets to it: " + by + " goes before");
  }
}
