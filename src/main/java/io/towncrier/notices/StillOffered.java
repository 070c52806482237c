package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.PushContent;
import io.towncrier.delivery.StillWanted;
import io.towncrier.devices.PushTarget;
import io.towncrier.updates.CurrentSnapshot;
import io.towncrier.updates.Snapshot;
import io.towncrier.updates.decision.DecideUpdate;
import io.towncrier.updates.decision.UpdateDecision;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.BiPredicate;

/** A push about a release is wanted by those to whom a check at this moment would offer it. */
@ApplicationScoped
class StillOffered implements StillWanted {
  private final CurrentSnapshot snapshots;
  private final InstantSource clock;

  StillOffered(CurrentSnapshot snapshots, InstantSource clock) {
    this.snapshots = snapshots;
    this.clock = clock;
  }

  @Override
  public Uni<BiPredicate<PushContent.Release, PushTarget>> now() {
    return snapshots
        .get()
        .map(
            snapshot -> {
              Instant now = clock.instant();
              return (release, target) -> isOffered(snapshot, release, target, now);
            });
  }

  private static boolean isOffered(
      Snapshot snapshot, PushContent.Release release, PushTarget target, Instant now) {
    return target.product().equals(release.product())
        && snapshot
            .of(target.product())
            .map(
                releases ->
                    DecideUpdate.BY_ALL_GATES
                        .decide(
                            releases,
                            snapshot.channels(),
                            target.facts().forDecision(target.deviceId()),
                            now,
                            Duration.ZERO)
                        .decision())
            .filter(decision -> offers(decision, release.version()))
            .isPresent();
  }

  private static boolean offers(UpdateDecision decision, String version) {
    return decision instanceof UpdateDecision.Offer offer
        && offer.release().version().equals(version);
  }
}
