package io.towncrier.outcomes.state;

import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import java.util.Optional;

/**
 * A version that a device reports while an attempt is known.
 *
 * @param what how it relates to the attempt
 * @param boot hash of the boot id that came with it
 */
public record Sighting(What what, Optional<String> boot) {
  /** How a version relates to an attempt. */
  public enum What {
    FORMER,
    /** The release, or a later version in the product's order. */
    TARGET,
    THIRD
  }

  /**
   * Compares. A version counts as the release's also when it is later, unless the release is older
   * than what it replaces: then everything between them is later, and proves nothing.
   */
  public static Sighting of(
      Attempt attempt, String version, VersionOrder order, Optional<String> boot) {
    String target = attempt.key().version();
    if (version.equals(target)) {
      return new Sighting(What.TARGET, boot);
    }
    Optional<String> former = attempt.course().former();
    if (former.isEmpty() || former.get().equals(version)) {
      return new Sighting(What.FORMER, boot);
    }
    boolean upgrade = isLater(target, former.get(), order);
    return new Sighting(
        upgrade && isLater(version, target, order) ? What.TARGET : What.THIRD, boot);
  }

  private static boolean isLater(String one, String other, VersionOrder order) {
    Optional<Version> a = order.read(one);
    Optional<Version> b = order.read(other);
    return a.isPresent() && b.isPresent() && a.get().compareTo(b.get()) > 0;
  }
}
