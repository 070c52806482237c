package io.towncrier.overview;

import io.towncrier.platform.Halt;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Rollout;
import java.time.Instant;
import java.util.Optional;

/**
 * A rollout that is not through: it has a phase to come, or something holds it.
 *
 * @param phase the one in force, from 1; 0 before the first
 * @param percentage the share of the fleet that is offered the release
 * @param nextPhaseAt when the next phase begins, if nothing is changed
 */
public record MovingRollout(
    ReleaseId release,
    Rollout.State state,
    int phase,
    int phases,
    double percentage,
    Optional<Instant> nextPhaseAt) {
  private static final double BUCKETS_PER_PERCENT = 100;

  /** How a rollout stands; empty when it is through. */
  static Optional<MovingRollout> of(ReleaseStore.Stored stored, Halt halt, Instant now) {
    MovingRollout standing = standing(stored.id(), stored.release(), halt, now);
    boolean through = standing.state() == Rollout.State.RUNNING && standing.nextPhaseAt().isEmpty();
    return through ? Optional.empty() : Optional.of(standing);
  }

  /** How a rollout stands, also when it is through. */
  public static MovingRollout standing(ReleaseId id, Release release, Halt halt, Instant now) {
    Rollout rollout = release.rollout();
    Instant clock = release.rolloutClock(halt, now);
    Instant published = release.publishedAt();
    boolean stopped = halt.since(release.isSecurity()).isPresent();
    return new MovingRollout(
        id,
        rollout.state(),
        rollout.phaseAt(clock, published) + 1,
        rollout.phases().size(),
        rollout.bucketsAt(clock, published) / BUCKETS_PER_PERCENT,
        stopped ? Optional.empty() : rollout.nextPhase(clock, published));
  }

  boolean moves() {
    return nextPhaseAt.isPresent();
  }
}
