package io.towncrier.server.database;

import io.towncrier.platform.StartRefused;
import io.towncrier.platform.postgres.JdbcTarget;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The database of the plain server: the one that is named, or one of its own. */
public final class ServerDatabase implements AutoCloseable {
  private final JdbcTarget target;
  private final Optional<EmbeddedPostgresServer> own;

  private ServerDatabase(JdbcTarget target, Optional<EmbeddedPostgresServer> own) {
    this.target = target;
    this.own = own;
  }

  /** Starts the server's own database unless another one is named. */
  public static ServerDatabase open(Config config) throws StartRefused {
    // In dev mode this runs again after each reload, and the database goes on from the run before.
    Optional<JdbcTarget> running = EmbeddedPostgresServer.alreadyInThisProcess();
    if (running.isPresent()) {
      return new ServerDatabase(running.get(), Optional.empty());
    }
    Optional<String> url = config.getOptionalValue("quarkus.datasource.reactive.url", String.class);
    if (url.isPresent()) {
      return new ServerDatabase(
          JdbcTarget.of(
              url.get(),
              config.getOptionalValue("quarkus.datasource.username", String.class),
              config.getOptionalValue("quarkus.datasource.password", String.class)),
          Optional.empty());
    }
    EmbeddedPostgresServer server =
        EmbeddedPostgresServer.start(DataDirectory.lock(dataDirectory(config)));
    return new ServerDatabase(server.target(), Optional.of(server));
  }

  /**
   * The database as it is: beside a server that runs on the data directory, that server's own. Else
   * as {@link #open} finds it.
   */
  public static ServerDatabase beside(Config config) throws StartRefused {
    try {
      return open(config);
    } catch (StartRefused used) {
      return EmbeddedPostgresServer.running(dataDirectory(config))
          .map(target -> new ServerDatabase(target, Optional.empty()))
          .orElseThrow(() -> used);
    }
  }

  /** Where the server keeps what it keeps. */
  public static Path dataDirectory(Config config) {
    return Path.of(
        config.getOptionalValue("towncrier.data-dir", String.class).orElse(".towncrier"));
  }

  public JdbcTarget target() {
    return target;
  }

  /** Empty when this process has not started it. */
  public Optional<EmbeddedPostgresServer> own() {
    return own;
  }

  @Override
  public void close() {
    own.ifPresent(server -> server.stop(true));
  }
}
