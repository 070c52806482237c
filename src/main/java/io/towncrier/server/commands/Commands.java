package io.towncrier.server.commands;

import io.towncrier.platform.StartRefused;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.platform.postgres.Migrations;
import io.towncrier.privacy.KeyState;
import io.towncrier.privacy.OfflineKeys;
import io.towncrier.privacy.tink.TinkKeysets;
import io.towncrier.server.OperatorToken;
import io.towncrier.server.database.FilesOutside;
import io.towncrier.server.database.OwnFolders;
import io.towncrier.server.database.ServerDatabase;
import io.towncrier.server.start.SettingsCheck;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import org.eclipse.microprofile.config.Config;
import org.postgresql.ds.PGSimpleDataSource;

/** What the jar does instead of serving, when it is given words. */
public final class Commands {
  static final String USAGE =
      """
      Without a command the server starts. Commands, with the same settings as the server:
        keys                                       shows the versions of the keys, and how far their rotation is
        keys rotate                                begins to seal everything under new keys; servers may run, and do it
        keys rewrap                                makes a new master.key, or takes what is set as the master key now, for the keys in the database; servers may run
        keys reset                                 shows what the master key does not open; changes nothing
        keys reset --delete-what-does-not-open     deletes that, and binds the database to the key; stop all servers first
        restored                                   shows how a restored database differs; changes nothing
        restored accept                            lets the pushes of a restored database go on
        operator-token turn-over                   makes a new local operator token and shows it once; the one before ends at once""";

  private static final List<String> KEYS = List.of("keys");
  private static final List<String> ROTATE = List.of("keys", "rotate");
  private static final List<String> REWRAP = List.of("keys", "rewrap");
  private static final List<String> RESET = List.of("keys", "reset");
  private static final List<String> RESET_FOR_GOOD =
      List.of("keys", "reset", "--delete-what-does-not-open");
  private static final List<String> RESTORED = List.of("restored");
  private static final List<String> ACCEPT = List.of("restored", "accept");
  private static final List<String> TURN_OVER = List.of("operator-token", "turn-over");
  private static final int FAILED = 1;
  private static final int MISUSED = 2;

  private final Config config;
  private final PrintStream out;

  public Commands(Config config, PrintStream out) {
    this.config = config;
    this.out = out;
  }

  /** The exit code. */
  public int run(List<String> words) throws StartRefused {
    if (words.equals(RESET) || words.equals(RESET_FOR_GOOD)) {
      return reset(words.equals(RESET_FOR_GOOD));
    }
    if (words.equals(KEYS) || words.equals(ROTATE) || words.equals(REWRAP)) {
      return keys(words);
    }
    if (words.equals(RESTORED) || words.equals(ACCEPT)) {
      return restored(words.equals(ACCEPT));
    }
    if (words.equals(TURN_OVER)) {
      out.println("operator token   " + OperatorToken.turnOver(settings()).reveal());
      return 0;
    }
    if (words.equals(List.of("help"))) {
      out.println(USAGE);
      return 0;
    }
    out.println("There is no command \"" + String.join(" ", words) + "\".\n" + USAGE);
    return MISUSED;
  }

  private TowncrierConfig settings() {
    return SettingsCheck.read(config).getConfigMapping(TowncrierConfig.class);
  }

  private int keys(List<String> words) throws StartRefused {
    OwnFolders.below(ServerDatabase.dataDirectory(config));
    try (ServerDatabase database = ServerDatabase.beside(config)) {
      try (Connection connection = connect(database.target())) {
        connection.setAutoCommit(false);
        KeysCommand command =
            new KeysCommand(connection, OfflineKeys.of(settings(), new TinkKeysets()), out);
        if (words.equals(KEYS)) {
          command.show();
          return 0;
        }
        InstantSource clock = InstantSource.system();
        boolean done = words.equals(ROTATE) ? command.rotate(clock) : command.rewrap(clock);
        return done ? 0 : FAILED;
      } catch (SQLException | IllegalStateException failure) {
        out.println("The database was not changed: " + failure.getMessage());
        return FAILED;
      }
    }
  }

  private int reset(boolean forGood) throws StartRefused {
    OfflineKeys keys = OfflineKeys.of(settings(), new TinkKeysets());
    if (keys.state() instanceof KeyState.Unusable unusable) {
      out.println(
          "The master key in %s is of no use: %s. Move it away first."
              .formatted(unusable.place(), unusable.why()));
      return FAILED;
    }
    if (forGood && keys.makeIfMissing()) {
      out.println("A new master key was made in " + keys.state().place());
    }
    if (keys.state() instanceof KeyState.Missing missing) {
      out.println(
          "There is no master key in %s: nothing that is sealed opens.".formatted(missing.place()));
      return FAILED;
    }
    OwnFolders.below(ServerDatabase.dataDirectory(config));
    try (ServerDatabase database = ServerDatabase.open(config)) {
      Migrations.run(database.target(), 1);
      return reset(database.target(), keys, forGood);
    }
  }

  private int restored(boolean accept) throws StartRefused {
    OwnFolders.below(ServerDatabase.dataDirectory(config));
    try (ServerDatabase database = ServerDatabase.open(config)) {
      Migrations.run(database.target(), 1);
      FilesOutside outside = new FilesOutside(settings(), database.own().isPresent());
      try (Connection connection = connect(database.target())) {
        connection.setAutoCommit(false);
        new RestoredCommand(connection, outside, out).run(accept);
        return 0;
      } catch (SQLException failure) {
        out.println("The database was not changed: " + failure.getMessage());
        return FAILED;
      }
    }
  }

  private static Connection connect(JdbcTarget target) throws SQLException {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(target.url());
    source.setUser(target.user());
    source.setPassword(target.password());
    return source.getConnection();
  }

  private int reset(JdbcTarget target, OfflineKeys keys, boolean forGood) {
    try (Connection connection = connect(target)) {
      connection.setAutoCommit(false);
      KeyReset reset = new KeyReset(connection, keys);
      KeyReset.Lost lost = reset.look();
      if (forGood) {
        reset.delete(lost, InstantSource.system());
        out.println("Deleted: " + lost + ". The database belongs to this master key now.");
      } else {
        out.println("Would be deleted: " + lost + ". Nothing was changed.\n" + USAGE);
      }
      return 0;
    } catch (SQLException failure) {
      out.println("The database was not changed: " + failure.getMessage());
      return FAILED;
    }
  }
}
