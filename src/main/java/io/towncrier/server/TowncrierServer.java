package io.towncrier.server;

import io.quarkus.runtime.ApplicationLifecycleManager;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.auth.OidcSettings;
import io.towncrier.platform.contract.LateContract;
import io.towncrier.platform.postgres.Migrations;
import io.towncrier.platform.rest.edge.UriValidation;
import io.towncrier.platform.time.RenewZoneData;
import io.towncrier.server.commands.Commands;
import io.towncrier.server.database.EmbeddedPostgresServer;
import io.towncrier.server.database.OwnFolders;
import io.towncrier.server.database.ServerDatabase;
import io.towncrier.server.start.LateMigrations;
import io.towncrier.server.start.SettingsCheck;
import io.towncrier.server.start.StartFailures;
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

  // What PostgreSQL notes of a migration, such as that an index is there already.
  private static final Logger NOTICES = Logger.getLogger("org.flywaydb.core.internal.sqlscript");

  // Some thirty seconds: a database may start with the machine, as the server does.
  private static final int TRIES = 5;

  TowncrierServer() {}

  public static void main(String... args) {
    UriValidation.leaveToTheEdge();
    LateContract.putOff();
    QUIET.forEach(logger -> logger.setLevel(Level.WARN));
    NOTICES.setLevel(Level.ERROR);
    CountDownLatch stopped = new CountDownLatch(1);
    try {
      Config config = ConfigProvider.getConfig();
      if (args.length > 0) {
        System.exit(new Commands(config, System.out).run(List.of(args)));
      }
      prepare(config, stopped);
    } catch (StartRefused | RuntimeException refused) {
      System.err.println(StartFailures.line(refused));
      System.exit(1);
    }
    // This thread does not come back from a signal; the handler is called either way.
    Quarkus.run(
        null,
        (code, failure) -> {
          stopped.countDown();
          if (failure != null) {
            System.err.println(StartFailures.line(failure));
          }
          ApplicationLifecycleManager.getDefaultExitCodeHandler().accept(code, failure);
        },
        args);
  }

  private static void prepare(Config config, CountDownLatch stopped) throws StartRefused {
    Optional<String> refusal = OidcSettings.refusal(config).or(() -> OperatorToken.refusal(config));
    if (refusal.isPresent()) {
      throw new StartRefused(refusal.get());
    }
    SettingsCheck.run(config);
    RenewZoneData.from(config.getOptionalValue(RenewZoneData.SETTING, String.class).map(Path::of));
    OwnFolders.below(ServerDatabase.dataDirectory(config));
    ServerDatabase database = ServerDatabase.open(config);
    database
        .own()
        .ifPresent(
            own ->
                Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> stopAfter(stopped, own), "postgres")));
    if (database.own().isPresent()) {
      Migrations.run(database.target(), TRIES);
      Migrations.requireTimeOuts(database.target());
    } else {
      LateMigrations.run(database.target());
    }
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
