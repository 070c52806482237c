package io.towncrier.updates.lint;

import io.towncrier.releases.Advisory;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.targeting.CountryRule;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.releases.version.VersionRange;
import io.towncrier.releases.version.VersionScheme;
import java.util.Optional;

/** What can be wrong with a release by itself. */
final class ReleaseChecks {
  private final Product product;
  private final Release release;
  private final Channels channels;
  private final VersionOrder order;
  private final Findings findings;

  private ReleaseChecks(
      Product product, Release release, Channels channels, VersionOrder order, Findings findings) {
    this.product = product;
    this.release = release;
    this.channels = channels;
    this.order = order;
    this.findings = findings;
  }

  static void check(
      Product product, Release release, Channels channels, VersionOrder order, Findings findings) {
    ReleaseChecks checks = new ReleaseChecks(product, release, channels, order, findings);
    checks.version();
    checks.channel();
    checks.countries();
    checks.notes();
    checks.advisory();
    checks.floor();
    release.targeting().rules().forEach(checks::rule);
  }

  private void version() {
    if (order.read(release.version()).isEmpty()) {
      error("version", "unknown-version", "is no version in the scheme " + product.scheme().code());
    }
    if (product.scheme() == VersionScheme.SEQUENCE && release.counter() == 0) {
      error(
          "counter", "counter-missing", "is required: it is the order of this product's versions");
    }
  }

  private void channel() {
    if (!channels.contains(release.targeting().channel())) {
      error("channel", "unknown-channel", "is not one of the channels");
    }
  }

  private void countries() {
    if (release.targeting().countries().isNowhere()) {
      error("countries", "contradiction", "denies every country that it allows");
    }
  }

  private void notes() {
    String language = product.defaultLanguage().value();
    if (!release.content().notes().byLanguage().containsKey(language)) {
      error("notes." + language, "notes-missing", "are required in the product's default language");
    }
  }

  private void advisory() {
    Optional<Advisory> advisory = release.content().advisory();
    if (advisory.isEmpty()) {
      if (release.severity() == Severity.SECURITY) {
        error("advisory", "advisory-missing", "is required of a security release");
      }
      return;
    }
    Optional<VersionRange.Resolved> affected =
        resolved("advisory.affected", advisory.get().affected());
    Optional<Version> own = order.read(release.version());
    if (affected.isPresent() && own.isPresent() && affected.get().contains(own.get())) {
      error("advisory.affected", "still-affected", "holds the version that is the remedy");
    }
  }

  private void floor() {
    Optional<VersionRange.Resolved> range =
        release.targeting().floorFor().flatMap(given -> resolved("floorFor", given));
    Optional<Version> own = order.read(release.version());
    if (range.isEmpty() || own.isEmpty() || allowsDowngrade()) {
      return;
    }
    // Newer versions are past the floor: without a permission to go down it binds none of them.
    boolean startsBelow =
        range.get().from().isEmpty() || own.get().isNewerThan(range.get().from().get());
    if (!startsBelow) {
      error("floorFor", "floor-binds-nobody", "holds no version that is older than the floor");
    }
  }

  private boolean allowsDowngrade() {
    return release.targeting().rules().stream().anyMatch(TargetingRule::downgrade);
  }

  private void rule(TargetingRule rule) {
    String place = "rules[" + rule.name() + "]";
    if (rule.channel().filter(name -> !channels.contains(name)).isPresent()) {
      error(place + ".channel", "unknown-channel", "is not one of the channels");
    }
    CountryRule where = release.targeting().countries();
    if (!where.isNowhere() && where.isDisjoint(rule.countries())) {
      error(
          place + ".countries",
          "contradiction",
          "allows none of the countries where the release is offered");
    }
    if (!rule.only().isEmpty() && rule.except().covers(rule.only())) {
      error(place + ".except", "contradiction", "takes out everybody whom only lists");
    }
    installed(place + ".installed", rule);
  }

  private void installed(String place, TargetingRule rule) {
    Optional<VersionRange.Resolved> range =
        rule.installed().flatMap(given -> resolved(place, given));
    Optional<Version> own = order.read(release.version());
    if (range.isEmpty() || own.isEmpty() || rule.downgrade()) {
      return;
    }
    boolean neverNewer =
        range.get().from().filter(from -> !own.get().isNewerThan(from)).isPresent();
    if (neverNewer) {
      error(
          place,
          "contradiction",
          "holds no version that is older than the release, and the rule is no downgrade");
    }
  }

  private Optional<VersionRange.Resolved> resolved(String place, VersionRange range) {
    VersionRange.Resolution resolution = range.resolve(order::read);
    if (resolution instanceof VersionRange.UnknownBound unknown) {
      error(
          place + "." + unknown.member(),
          "unknown-version",
          "is no version in the scheme " + product.scheme().code());
      return Optional.empty();
    }
    VersionRange.Resolved resolved = (VersionRange.Resolved) resolution;
    if (resolved.isEmpty()) {
      error(place, "empty-range", "holds no version");
      return Optional.empty();
    }
    return Optional.of(resolved);
  }

  private void error(String member, String code, String message) {
    findings.error(release, member, code, message);
  }
}
