package io.towncrier.platform.postgres;

import io.vertx.pgclient.PgException;
import java.sql.SQLException;
import java.util.Set;

/** What PostgreSQL's error codes mean to us. */
final class SqlFailures {
  // serialization_failure, deadlock_detected: nothing was written, a repeat may succeed.
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  private SqlFailures() {}

  static boolean isLostRace(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if ((cause instanceof PgException error && LOST_RACES.contains(error.getSqlState()))
          // Hibernate Reactive hands on its own translation.
          || (cause instanceof SQLException translated
              && translated.getSQLState() != null
              && LOST_RACES.contains(translated.getSQLState()))) {
        return true;
      }
    }
    return false;
  }
}
