package io.towncrier.platform.database;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Says how the database is, for health. */
public interface DatabaseProbe {
  /** What is wrong with it; empty when nothing is. Answers within 2 s and never fails. */
  Uni<Optional<DatabaseUnavailable.Why>> trouble();
}
