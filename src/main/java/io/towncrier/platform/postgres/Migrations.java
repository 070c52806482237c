package io.towncrier.platform.postgres;

import io.towncrier.platform.StartRefused;
import java.util.Map;
import java.util.ServiceLoader;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.migration.JavaMigration;

/** Brings the schema up to date before anything reads it. */
public final class Migrations {
  private Migrations() {}

  /**
   * Runs what has not run yet; several at once wait for each other.
   *
   * @param tries to reach the database, each after twice the time of the one before
   * @return how many ran
   * @throws StartRefused when the database cannot be reached, or one of them fails
   */
  public static int run(JdbcTarget target, int tries) throws StartRefused {
    try {
      return Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(target.url(), target.user(), target.password())
          .locations("classpath:db/migration")
          .javaMigrations(inJava())
          // A lock of the transaction: behind a pooler, one of the session would belong to nobody.
          .configuration(Map.of("flyway.postgresql.transactional.lock", "true"))
          .connectRetries(tries)
          .load()
          .migrate()
          .migrationsExecuted;
    } catch (FlywayException failure) {
      throw new StartRefused(
          "the database at %s cannot be migrated: %s"
              .formatted(target.url(), failure.getMessage()));
    }
  }

  /** What features have to do once for each database and cannot say in SQL. */
  private static JavaMigration[] inJava() {
    return ServiceLoader.load(JavaMigration.class, Migrations.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .toArray(JavaMigration[]::new);
  }
}
