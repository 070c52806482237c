package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;

/** Hears of attempts that were written. */
public interface WatchAttempts {
  /** After the commit; a report does not fail with this. */
  Uni<Void> changed(OutcomeStore.Change change);
}
