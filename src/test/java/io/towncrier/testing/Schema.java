package io.towncrier.testing;

import java.util.ServiceLoader;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.migration.JavaMigration;

/** The schema of a database, as the service makes it: in SQL, and in Java. */
public final class Schema {
  // The thread's own may be that of an application that has ended.
  private static final ClassLoader LOADER = Schema.class.getClassLoader();

  private Schema() {}

  public static void migrate(DataSource database) {
    Flyway.configure(LOADER)
        .dataSource(database)
        .javaMigrations(
            ServiceLoader.load(JavaMigration.class, LOADER).stream()
                .map(ServiceLoader.Provider::get)
                .toArray(JavaMigration[]::new))
        .load()
        .migrate();
  }
}
