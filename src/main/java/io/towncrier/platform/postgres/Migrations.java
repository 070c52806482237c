package io.towncrier.platform.postgres;

import io.towncrier.platform.StartRefused;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/** Brings the schema up to date before anything reads it. */
public final class Migrations {
  // Flyway's own lock is a transaction that does nothing while a migration works.
  private static final String OWN_TIME =
      "options=-c%20idle_in_transaction_session_timeout%3D0%20-c%20lock_timeout%3D60s";
  private static final Set<String> NO_OPTIONS = Set.of("08P01", "0A000");

  // SQLSTATE: class 08, connection exception; cannot_connect_now, while it starts or ends.
  private static final String UNREACHABLE = "08";
  private static final String STARTING = "57P03";

  private static volatile boolean pending;

  private Migrations() {}

  /** Whether the schema may still be an older one: then nothing is read or written. */
  static boolean arePending() {
    return pending;
  }

  /**
   * As {@link #run}, once, unless the database is away. From the first time that it is away until
   * the first success, {@link Database} does nothing.
   *
   * @return whether the schema is up to date
   * @throws StartRefused when the database is there, and one of them fails
   */
  public static boolean runIfReachable(JdbcTarget target) throws StartRefused {
    try {
      migrate(target, 0);
      requireTimeOuts(target);
      pending = false;
      return true;
    } catch (FlywayException failure) {
      if (!isAway(failure)) {
        throw refused(target, failure);
      }
      pending = true;
      return false;
    }
  }

  private static boolean isAway(Throwable failure) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql
          && sql.getSQLState() != null
          && (sql.getSQLState().startsWith(UNREACHABLE) || sql.getSQLState().equals(STARTING))) {
        return true;
      }
    }
    return false;
  }

  /**
   * Runs what has not run yet; several at once wait for each other.
   *
   * @param tries to reach the database, each after twice the time of the one before
   * @return how many ran
   * @throws StartRefused when the database cannot be reached, or one of them fails
   */
  public static int run(JdbcTarget target, int tries) throws StartRefused {
    try {
      return migrate(target, tries);
    } catch (FlywayException failure) {
      throw refused(target, failure);
    }
  }

  private static int migrate(JdbcTarget target, int tries) {
    if (isUpToDate(target)) {
      return 0;
    }
    JdbcTarget migrating = withOwnTime(target);
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(migrating.url(), migrating.user(), migrating.password())
        .locations("classpath:db/migration")
        .javaMigrations(inJava())
        // A lock of the transaction: behind a pooler, one of the session would belong to nobody.
        .configuration(Map.of("flyway.postgresql.transactional.lock", "true"))
        .connectRetries(tries)
        .load()
        .migrate()
        .migrationsExecuted;
  }

  /** Whatever keeps it from being known is told by Flyway, which tries again. */
  private static boolean isUpToDate(JdbcTarget target) {
    try (Connection connection =
        DriverManager.getConnection(target.url(), target.user(), target.password())) {
      return MigrationRecord.isComplete(
          connection, Arrays.stream(inJava()).map(one -> one.getVersion().getVersion()).toList());
    } catch (SQLException | IOException unknown) {
      return false;
    }
  }

  private static StartRefused refused(JdbcTarget target, FlywayException failure) {
    return new StartRefused(
        "the database at %s cannot be migrated: %s".formatted(target.url(), failure.getMessage()));
  }

  /** What features have to do once for each database and cannot say in SQL. */
  private static JavaMigration[] inJava() {
    return ServiceLoader.load(JavaMigration.class, Migrations.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toArray(JavaMigration[]::new);
  }

  /** Many a pooler takes no options: then a migration has the time of every transaction. */
  private static JdbcTarget withOwnTime(JdbcTarget target) {
    JdbcTarget own = target.with(OWN_TIME);
    try (Connection tried = DriverManager.getConnection(own.url(), own.user(), own.password())) {
      return tried.isValid(1) ? own : target;
    } catch (SQLException refused) {
      return NO_OPTIONS.contains(String.valueOf(refused.getSQLState())) ? target : own;
    }
  }

  /**
   * Looks at the bounds of time that the role has.
   *
   * @throws StartRefused when one is missing: without it the opt-out fence has no bound
   */
  public static void requireTimeOuts(JdbcTarget target) throws StartRefused {
    List<TimeOuts.Shown> shown = new ArrayList<>();
    try (Connection connection =
            DriverManager.getConnection(target.url(), target.user(), target.password());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(TimeOuts.SHOW)) {
      while (rows.next()) {
        shown.add(new TimeOuts.Shown(rows.getString(1), rows.getLong(2), rows.getBoolean(3)));
      }
    } catch (SQLException failure) {
      throw new StartRefused(
          "the bounds of time of %s cannot be read: %s"
              .formatted(target.url(), failure.getMessage()));
    }
    List<String> defects = TimeOuts.defects(shown);
    if (!defects.isEmpty()) {
      throw new StartRefused("the database " + target.url() + ": " + String.join("; ", defects));
    }
  }
}
