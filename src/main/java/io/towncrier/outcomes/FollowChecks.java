package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.checks.CheckIns;
import io.towncrier.devices.checks.FollowUpdates;
import io.towncrier.devices.checks.LastAttempt;
import io.towncrier.downloads.AdmitDownload;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.History;
import io.towncrier.outcomes.state.OfferHold;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Sighting;
import io.towncrier.releases.Product;
import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.version.VersionOrder;
import io.towncrier.updates.CheckResult;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Follows the updates of routers by their checks. Phones get their app from a store, which the
 * server does not see. What the sign-in has brought says whether there is news; only then is
 * anything written (docs/adr/0036).
 */
@ApplicationScoped
class FollowChecks implements FollowUpdates {
  private final CurrentSnapshot snapshots;
  private final NoteSighting sightings;
  private final OfferUpdate offers;
  private final AdmitDownload downloads;
  private final InstantSource clock;

  FollowChecks(
      CurrentSnapshot snapshots,
      NoteSighting sightings,
      OfferUpdate offers,
      AdmitDownload downloads,
      InstantSource clock) {
    this.snapshots = snapshots;
    this.sightings = sightings;
    this.offers = offers;
    this.downloads = downloads;
    this.clock = clock;
  }

  @Override
  public Uni<CheckResult> follow(
      CheckIns.CheckIn device, String version, Client client, CheckResult decision) {
    if (decision.product().kind() != Product.Kind.FIRMWARE) {
      return Uni.createFrom().item(decision);
    }
    Optional<Attempt> last = device.attempt().map(attempt -> attempt(device, attempt));
    return last.map(attempt -> seen(attempt, version, client.bootId()))
        .orElseGet(() -> Uni.createFrom().item(Optional.empty()))
        .chain(now -> offered(device, version, client, decision, now.or(() -> last)));
  }

  /** As much of the attempt as the sign-in has brought. */
  private Attempt attempt(CheckIns.CheckIn device, LastAttempt last) {
    Instant now = clock.instant();
    return new Attempt(
        new Attempt.Key(device.id(), device.product(), last.version()),
        OutcomeState.parse(last.state()).orElse(OutcomeState.NONE),
        1,
        Attempt.Standing.NOT_OFFERED,
        new Attempt.Course(last.former(), last.boot(), last.succeededAt(), last.targetSince()),
        new Attempt.Times(now, now, last.heldUntil()),
        OptionalInt.empty(),
        Optional.empty(),
        History.EMPTY);
  }

  private Uni<Optional<Attempt>> seen(Attempt attempt, String version, Optional<String> bootId) {
    return snapshots
        .get()
        .map(
            snapshot ->
                snapshot
                    .of(attempt.key().product())
                    .map(releases -> releases.order())
                    .map(order -> sighting(attempt, version, order, bootId)))
        .chain(
            sighting ->
                sighting.isPresent() && NoteSighting.mayBeNews(attempt, sighting.get())
                    ? sightings.run(attempt, sighting.get())
                    : Uni.createFrom().item(Optional.empty()));
  }

  private static Sighting sighting(
      Attempt attempt, String version, VersionOrder order, Optional<String> bootId) {
    return Sighting.of(attempt, version, order, bootId.map(Reports::boot));
  }

  private Uni<CheckResult> offered(
      CheckIns.CheckIn device,
      String version,
      Client client,
      CheckResult decision,
      Optional<Attempt> last) {
    if (!(decision.outcome() instanceof UpdateDecision.Offer offer)) {
      return Uni.createFrom().item(decision);
    }
    Release release = offer.release();
    Optional<Attempt> same = last.filter(a -> a.key().version().equals(release.version()));
    Optional<Refusal> hold =
        same.flatMap(a -> OfferHold.of(a, decision.facts().manual(), clock.instant()));
    if (hold.isPresent()) {
      return Uni.createFrom().item(decision.heldBack(hold.get()));
    }
    boolean isNews = same.isEmpty() || FollowUpdate.canBeOffered(same.get().state());
    // Who begins in the window alone takes nothing before: all would begin as it opens.
    boolean isTooEarly = downloads.isOn() && client.waitsForWindow() && decision.isWindowClosed();
    if (!isNews || isTooEarly) {
      return Uni.createFrom().item(decision);
    }
    return downloads
        .run(device.id(), release.version(), Downloads.of(release, decision.facts()))
        .chain(
            wait ->
                wait.isPresent()
                    ? Uni.createFrom().item(decision.waitsForDownload(wait.get()))
                    : offered(device, version, decision, release));
  }

  private Uni<CheckResult> offered(
      CheckIns.CheckIn device, String version, CheckResult decision, Release release) {
    return offers
        .run(
            new Attempt.Key(device.id(), device.product(), release.version()),
            release,
            version,
            decision.facts().manual())
        .map(refusal -> refusal.map(decision::heldBack).orElse(decision));
  }
}
