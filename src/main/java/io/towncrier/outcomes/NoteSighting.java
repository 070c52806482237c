package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Sighting;
import io.towncrier.outcomes.state.Step;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/** Keeps which version a device reports while it is busy with an update. */
@ApplicationScoped
public class NoteSighting {
  private final KeepAttempt keep;
  private final CachedPolicies policies;
  private final InstantSource clock;

  NoteSighting(KeepAttempt keep, CachedPolicies policies, InstantSource clock) {
    this.keep = keep;
    this.policies = policies;
    this.clock = clock;
  }

  /** Whether something can follow from it; of most checks nothing can, and nothing is asked for. */
  public static boolean mayBeNews(Attempt attempt, Sighting sighting) {
    OutcomeState state = attempt.state();
    return switch (sighting.what()) {
      case FORMER ->
          attempt.course().succeededAt().isPresent() || attempt.course().targetSince().isPresent();
      case TARGET ->
          state.isOpen()
              || state == OutcomeState.TIMED_OUT
              || state == OutcomeState.UNCONFIRMED
              || state == OutcomeState.REJECTED
              || state == OutcomeState.POSTPONED;
      case THIRD -> state.isOpen() || state == OutcomeState.POSTPONED;
    };
  }

  /**
   * Writes what follows.
   *
   * @param attempt as far as it is known
   * @return the attempt as it is now; empty when nothing follows
   */
  public Uni<Optional<Attempt>> run(Attempt attempt, Sighting sighting) {
    Instant now = clock.instant();
    return policies
        .of(attempt.key().release())
        .chain(
            policy ->
                FollowUpdate.by(policy).seen(attempt, sighting, now) instanceof Step.Changed
                    ? written(attempt.key(), sighting, now)
                    : Uni.createFrom().item(Optional.empty()));
  }

  private Uni<Optional<Attempt>> written(Attempt.Key key, Sighting sighting, Instant now) {
    return keep.changed(
        key,
        now,
        held ->
            FollowUpdate.by(held.policy()).seen(held.locked().attempt(), sighting, now)
                    instanceof Step.Changed changed
                ? Optional.of(changed.after())
                : Optional.empty());
  }
}
