package io.towncrier.platform.postgres;

import io.towncrier.platform.database.DatabaseUnavailable;
import io.towncrier.platform.database.DatabaseUnavailable.Why;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** What PostgreSQL's error codes mean to us. */
final class SqlFailures {
  // serialization_failure, deadlock_detected: nothing was written, a repeat may succeed.
  private static final Set<String> LOST_RACES = Set.of("40001", "40P01");

  // admin_shutdown, which ends a single session as well, and crash_shutdown.
  private static final Set<String> ENDED = Set.of("57P01", "57P02");

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

  /**
   * The connection was lost before the answer, or its backend was ended: a query may come again.
   */
  static boolean isLostAnswer(Throwable failure) {
    if (isLostConnection(failure)) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String state = stateOf(cause).orElse("");
      if (ENDED.contains(state) || state.startsWith("08")) {
        return true;
      }
    }
    return false;
  }

  static boolean isLostRace(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (stateOf(cause).filter(LOST_RACES::contains).isPresent()) {
        return true;
      }
    }
    return false;
  }

  /** A failure that may pass by itself as such, with what it was; any other as it is. */
  static Throwable told(Throwable failure) {
    if (failure instanceof DatabaseUnavailable) {
      return failure;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      Why why = whyOf(cause);
      if (why != null) {
        return new DatabaseUnavailable(why, failure);
      }
    }
    return failure;
  }

  // PostgreSQL 17, Appendix A.
  private static @Nullable Why whyOf(Throwable cause) {
    if (cause instanceof IOException || cause instanceof ClosedConnectionException) {
      return Why.AWAY;
    }
    if (isOutOfTime(cause)) {
      return Why.SILENT;
    }
    String state = stateOf(cause).orElse("");
    return switch (state) {
      // query_canceled, lock_not_available, and races that were lost too often
      case "57014", "55P03", "40001", "40P01" -> Why.LOCKED;
      // disk_full, out_of_memory, io_error
      case "53100", "53200", "58030" -> Why.FULL;
      // shutdowns, cannot_connect_now, idle_in_transaction_session_timeout, a replica that was the
      // primary, a password or a database that is not there (any more)
      case "57P01", "57P02", "57P03", "57P05", "25P03", "25006", "28P01", "28000", "3D000" ->
          Why.AWAY;
      default -> state.startsWith("08") || state.startsWith("53") ? Why.AWAY : null;
    };
  }

  /** The pool has no connection free in time, or the connection is being closed. */
  private static boolean isOutOfTime(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return cause instanceof VertxException
        ? message.matches("(?i).*connection.*")
        : cause instanceof NoStackTraceThrowable && message.equals("Timeout");
  }

  private static Optional<String> stateOf(Throwable cause) {
    if (cause instanceof PgException error) {
      return Optional.ofNullable(error.getSqlState());
    }
    // Hibernate Reactive hands on its own translation.
    return cause instanceof SQLException translated
        ? Optional.ofNullable(translated.getSQLState())
        : Optional.empty();
  }
}
