package io.towncrier.notices.rollout;

import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** To whom a check would offer something, that it did not offer when the product was first seen. */
final class NewlyEligible {
  private final ProductReleases releases;
  private final Channels channels;
  private final Instant since;
  private final Instant now;

  NewlyEligible(ProductReleases releases, Channels channels, Instant since, Instant now) {
    this.releases = releases;
    this.channels = channels;
    this.since = since;
    this.now = now;
  }

  /** Which update a device is notified of, by the very decision of the check. */
  Optional<Release> of(Fleet.Member member) {
    return offer(member, now)
        .filter(release -> !release.publishedAt().isBefore(since) || !wasOffered(member, release));
  }

  private boolean wasOffered(Fleet.Member member, Release release) {
    return offer(member, since)
        .filter(before -> before.version().equals(release.version()))
        .isPresent();
  }

  private Optional<Release> offer(Fleet.Member member, Instant at) {
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES
            .decide(releases, channels, member.facts(), at, Duration.ZERO)
            .decision();
    return decision instanceof UpdateDecision.Offer offer
        ? Optional.of(offer.release())
        : Optional.empty();
  }
}
