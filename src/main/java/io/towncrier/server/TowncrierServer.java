package io.towncrier.server;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.towncrier.platform.RenewZoneData;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.auth.OidcSettings;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.platform.postgres.Migrations;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;

/** Starts the plain server: first the database, then its schema, then Quarkus. */
@QuarkusMain
public final class TowncrierServer {
  // They speak before Quarkus has set up its logging. Held, or the level would be forgotten.
  private static final List<Logger> QUIET =
      List.of(Logger.getLogger("io.zonky"), Logger.getLogger("org.flywaydb"));

  // Some thirty seconds: a database may start with the machine, as the server does.
  private static final int TRIES = 5;

  TowncrierServer() {}

  public static void main(String... args) {
    QUIET.forEach(logger -> logger.setLevel(Level.WARN));
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Optional<String> refusal = OidcSettings.refusal(ConfigProvider.getConfig());
      if (refusal.isPresent()) {
        throw new StartRefused(refusal.get());
      }
      RenewZoneData.from(
          ConfigProvider.getConfig()
              .getOptionalValue(RenewZoneData.SETTING, String.class)
              .map(Path::of));
      JdbcTarget database = database(stopped);
      Migrations.run(database, TRIES);
      Migrations.requireTimeOuts(database);
    } catch (StartRefused refused) {
      System.err.println("Towncrier does not start: " + refused.getMessage());
      System.exit(1);
    }
    // This thread does not come back from a signal; the handler is called either way.
    Quarkus.run(
        null,
        (code, failure) -> {
          stopped.countDown();
          ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
        },
        args);
  }

  private static JdbcTarget database(CountDownLatch stopped) throws StartRefused {
    // In dev mode this runs again after each reload, and the database goes on from the run before.
    Optional<JdbcTarget> running = EmbeddedPostgresServer.alreadyInThisProcess();
    if (running.isPresent()) {
      return running.get();
    }
    Config config = ConfigProvider.getConfig();
    Optional<String> url = config.getOptionalValue("quarkus.datasource.reactive.url", String.class);
    if (url.isPresent()) {
      return JdbcTarget.of(
          url.get(),
          config.getOptionalValue("quarkus.datasource.username", String.class),
          config.getOptionalValue("quarkus.datasource.password", String.class));
    }
    Path directory =
        Path.of(config.getOptionalValue("towncrier.data-dir", String.class).orElse(".towncrier"));
    DataDirectory data = DataDirectory.lock(directory);
    EmbeddedPostgresServer server = EmbeddedPostgresServer.start(data);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAfter(stopped, server), "postgres"));
    return server.target();
  }

  // The database goes last: the application still has results to record.
  private static void stopAfter(CountDownLatch stopped, EmbeddedPostgresServer server) {
    try {
      boolean ended = stopped.await(30, TimeUnit.SECONDS);
      server.stop(ended);
    } catch (InterruptedException hurried) {
      server.stop(false);
    }
  }
}
