package io.towncrier.platform.postgres;

import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Set;
import javax.net.ssl.SSLException;

/** What PostgreSQL's error codes mean to us. */
final class SqlFailures {
  // serialization_failure, deadlock_detected: nothing was written, a repeat may succeed.
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  private SqlFailures() {}

  /** The connection was gone before, or when, the statement was sent; one that never was is not. */
  static boolean isLostConnection(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ClosedConnectionException
          || (cause instanceof IOException
              && !(cause instanceof ConnectException)
              && !(cause instanceof SSLException))) {
        return true;
      }
    }
    return false;
  }

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
