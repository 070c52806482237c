package io.towncrier.outcomes;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.FollowUpdate;
import io.towncrier.outcomes.state.Step;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Ends attempts of devices that were not heard of for the time-out. */
@ApplicationScoped
public class GiveUpSilent {
  private static final int BATCH = 200;

  private final OutcomeStore store;
  private final KeepAttempt keep;
  private final InstantSource clock;

  GiveUpSilent(OutcomeStore store, KeepAttempt keep, InstantSource clock) {
    this.store = store;
    this.keep = keep;
    this.clock = clock;
  }

  /**
   * Goes through what is due, a batch a transaction.
   *
   * @param hasTime asked before every batch
   * @return how many were looked at
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(BATCH, hasTime, this::batch);
  }

  private Uni<Long> batch() {
    Instant now = clock.instant();
    return store
        .due(now, BATCH)
        .chain(
            due ->
                Multi.createFrom()
                    .iterable(due)
                    .onItem()
                    .transformToUniAndConcatenate(key -> givenUp(key, now))
                    .collect()
                    .asList()
                    .replaceWith((long) due.size()));
  }

  /**
   * A device that was seen in a check meanwhile is waited for again; so is one whose product waits
   * longer by now. Each is written, with its next moment: what stays due is looked at for ever.
   */
  private Uni<Optional<Attempt>> givenUp(Attempt.Key key, Instant now) {
    return keep.changed(
        key,
        now,
        held -> {
          Attempt attempt = held.locked().attempt();
          Instant due = attempt.times().heardAt().plus(held.policy().timeOut());
          if (due.isAfter(now)) {
            return Optional.of(attempt);
          }
          Instant seen = held.locked().seenAt();
          return seen.plus(held.policy().timeOut()).isAfter(now)
              ? Optional.of(attempt.heardAt(seen))
              : FollowUpdate.by(held.policy()).silent(attempt, now) instanceof Step.Changed changed
                  ? Optional.of(changed.after())
                  : Optional.empty();
        });
  }
}
