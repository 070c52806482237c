package io.towncrier.server;

import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the schema up to date before anything reads it. */
final class Migrations {
  private Migrations() {}

  static void run(JdbcTarget target) throws StartRefused {
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(target.url(), target.user(), target.password())
          .locations("classpath:db/migration")
          .connectRetries(5)
          .load()
          .migrate();
    } catch (FlywayException failure) {
      throw new StartRefused(
          "the database at %s cannot be migrated: %s"
              .formatted(target.url(), failure.getMessage()));
    }
  }
}
