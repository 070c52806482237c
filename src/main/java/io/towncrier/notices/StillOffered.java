package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.StillWanted;
import io.towncrier.devices.PushTarget;
import io.towncrier.preferences.Suppression;
import io.towncrier.releases.Channels;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.Explanation;
import io.towncrier.updates.decision.ProductReleases;
import io.towncrier.updates.decision.UpdateDecision;
import io.towncrier.updates.snapshots.CurrentSnapshot;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/** A push about a release is wanted by those to whom a check at this moment would offer it. */
@ApplicationScoped
class StillOffered implements StillWanted {
  private static final Answer WANTED = new Answer.Wanted();
  private static final Answer HELD_BACK = new Answer.HeldBack();
  private static final Answer UPDATED = new Answer.Unwanted(Suppression.UPDATED_MEANWHILE);
  private static final Answer WITHDRAWN = new Answer.Unwanted(Suppression.WITHDRAWN);
  private static final Answer NOT_OFFERED = new Answer.Unwanted(Suppression.NO_LONGER_OFFERED);

  private final CurrentSnapshot snapshots;
  private final InstantSource clock;

  StillOffered(CurrentSnapshot snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  @Override
  public Uni<BiFunction<PushContent.Release, PushTarget, Answer>> now() {
    return snapshots
        .get()
        .map(
            snapshot -> {
              Instant now = clock.instant();
              return (release, target) ->
                  snapshot
                      .of(target.product())
                      .filter(releases -> target.product().equals(release.product()))
                      .map(
                          releases ->
                              answer(
                                  releases,
                                  snapshot.channels(),
                                  target.facts().forDecision(target.deviceId()),
                                  release.version(),
                                  now))
                      .orElse(NOT_OFFERED);
            });
  }

  /** Of one device, about one version: pure. */
  static Answer answer(
      ProductReleases releases, Channels channels, ClientFacts facts, String version, Instant now) {
    UpdateDecision decision =
        DecideUpdate.BY_ALL_GATES.decide(releases, channels, facts, now, Duration.ZERO).decision();
    // Nearly always so; only of the others it is asked why.
    if (decision instanceof UpdateDecision.Offer offer
        && offer.release().version().equals(version)) {
      return WANTED;
    }
    return Explanation.of(releases, channels, facts, now, Duration.ZERO).releases().stream()
        .filter(one -> one.release().version().equals(version))
        .findFirst()
        .map(StillOffered::whyNot)
        .orElse(NOT_OFFERED);
  }

  private static Answer whyNot(Explanation.OfRelease release) {
    return switch (release.standing()) {
      case INSTALLED, NO_DOWNGRADE -> UPDATED;
      case REFUSED -> refused(release);
      // A floor comes before it now, or cannot be had: it is still where the device goes.
      case TARGET, BLOCKED -> HELD_BACK;
      case BEATEN -> NOT_OFFERED;
      case OFFERED, HOP -> WANTED;
    };
  }

  private static Answer refused(Explanation.OfRelease release) {
    Optional<Refusal> first =
        release.gates().stream()
            .map(Explanation.OfGate::refusal)
            .flatMap(Optional::stream)
            .findFirst();
    if (first.filter(Refusal.WITHDRAWN::equals).isPresent()) {
      return WITHDRAWN;
    }
    boolean forOthers =
        release.gates().stream()
            .map(Explanation.OfGate::refusal)
            .flatMap(Optional::stream)
            // A counter never goes down again.
            .anyMatch(refusal -> refusal.isForOthers() || refusal == Refusal.LOWER_COUNTER);
    return forOthers ? NOT_OFFERED : HELD_BACK;
  }
}
