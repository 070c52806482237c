package io.towncrier.releases;

import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.VersionRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * For whom a release is.
 *
 * @param channel on which it is offered, and on every channel that stands behind it
 * @param countries where it may be offered at all, whatever a rule says
 * @param rules by priority, the highest first; none means everybody. One that matches is enough
 * @param floorFor for these installed versions it is a floor: nothing newer is installed before it
 * @param install when a device may install it, in its own time
 */
public record Targeting(
    String channel,
    CountryRule countries,
    List<TargetingRule> rules,
    Optional<VersionRange> floorFor,
    Optional<InstallWindow> install) {
  public static final Targeting EVERYBODY =
      new Targeting(
          Channels.DEFAULT, CountryRule.EVERYWHERE, List.of(), Optional.empty(), Optional.empty());

  public Targeting {
    // The sort is stable: rules of one priority keep the order in which they were written.
    rules =
        rules.stream().sorted(Comparator.comparingInt(TargetingRule::priority).reversed()).toList();
  }
}
