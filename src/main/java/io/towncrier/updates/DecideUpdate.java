package io.towncrier.updates;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.Version;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** The decision behind every update check: no I/O, no clock. */
public final class DecideUpdate {
  /** A reason why one release is not for one client; the first that refuses counts. */
  private interface Rule {
    Optional<Refusal> refusal(Release release, ClientFacts facts, Channels channels, Instant now);
  }

  private static final List<Rule> RULES =
      List.of(DecideUpdate::published, DecideUpdate::channel, DecideUpdate::country);

  private DecideUpdate() {}

  /** The newest release that is newer than the installed one and that no rule refuses. */
  public static UpdateDecision decide(
      Snapshot.Releases releases, Channels channels, ClientFacts facts, Instant now) {
    Optional<Version> installed = Version.parse(facts.version());
    if (installed.isEmpty()) {
      return new UpdateDecision.HeldBack(Refusal.UNKNOWN_VERSION);
    }
    Optional<Refusal> told = Optional.empty();
    for (Release release : releases.newestFirst()) {
      if (!release.version().isNewerThan(installed.get())) {
        break;
      }
      Optional<Refusal> refusal = firstRefusal(release, facts, channels, now);
      if (refusal.isEmpty()) {
        return new UpdateDecision.Offer(release);
      }
      told = told.or(() -> refusal.filter(Refusal::isTold));
    }
    if (isUnsupported(releases.product(), now)) {
      return new UpdateDecision.Unsupported();
    }
    return told.<UpdateDecision>map(UpdateDecision.HeldBack::new)
        .orElseGet(UpdateDecision.UpToDate::new);
  }

  private static Optional<Refusal> firstRefusal(
      Release release, ClientFacts facts, Channels channels, Instant now) {
    for (Rule rule : RULES) {
      Optional<Refusal> refusal = rule.refusal(release, facts, channels, now);
      if (refusal.isPresent()) {
        return refusal;
      }
    }
    return Optional.empty();
  }

  private static Optional<Refusal> published(
      Release release, ClientFacts facts, Channels channels, Instant now) {
    return release.publishedAt().isAfter(now)
        ? Optional.of(Refusal.NOT_PUBLISHED)
        : Optional.empty();
  }

  private static Optional<Refusal> channel(
      Release release, ClientFacts facts, Channels channels, Instant now) {
    return channels.reaches(facts.channel(), release.channel())
        ? Optional.empty()
        : Optional.of(Refusal.OTHER_CHANNEL);
  }

  private static Optional<Refusal> country(
      Release release, ClientFacts facts, Channels channels, Instant now) {
    return release.countries().refusal(facts);
  }

  private static boolean isUnsupported(Product product, Instant now) {
    return product
        .supportedUntil()
        .filter(last -> now.atZone(ZoneOffset.UTC).toLocalDate().isAfter(last))
        .isPresent();
  }
}
