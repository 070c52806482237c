package io.towncrier.platform.postgres;

import io.quarkus.credentials.runtime.CredentialsProviderFinder;
import io.quarkus.reactive.datasource.runtime.ConnectOptionsSupplier;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.core.Future;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.Connection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;

/** Connections on which nobody waits without an end (docs/adr/0029). */
@Singleton
class BoundedPool implements PgPoolCreator {
  private static final Duration CONNECT = Duration.ofSeconds(2);
  // Less than a request may take: who finds none free is answered in time.
  private static final Duration FREE = Duration.ofSeconds(3);
  private static final Duration SIGN_IN = Duration.ofSeconds(10);
  private static final Duration STATEMENT = Duration.ofSeconds(20);
  private static final Duration LONG_STATEMENT = Duration.ofMinutes(5);
  // Where the driver has epoll; nobody else reads it.
  private static final Duration UNACKNOWLEDGED = Duration.ofSeconds(10);

  // As Vert.x names them in its pipeline.
  private static final String LAST = "handler";
  private static final String IDLE = "idle";

  private final Config config;

  BoundedPool(Config config) {
    this.config = config;
  }

  @Override
  public Pool create(Input input) {
    List<PgConnectOptions> options =
        input.pgConnectOptionsList().stream().map(BoundedPool::bounded).toList();
    PoolOptions pool =
        input
            .poolOptions()
            .setConnectionTimeout((int) FREE.toMillis())
            .setConnectionTimeoutUnit(TimeUnit.MILLISECONDS);
    return PgBuilder.pool()
        .with(pool)
        .connectingTo(databases(options))
        .using(input.vertx())
        .withConnectHandler(BoundedPool::guard)
        .build();
  }

  private static PgConnectOptions bounded(PgConnectOptions given) {
    PgConnectOptions options = new PgConnectOptions(given);
    options
        .setConnectTimeout((int) CONNECT.toMillis())
        .setTcpKeepAlive(true)
        .setTcpUserTimeout((int) UNACKNOWLEDGED.toMillis())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
        // Until it is signed in; then each statement has its own.
        .setReadIdleTimeout((int) SIGN_IN.toMillis());
    return options;
  }

  /** As Quarkus does without a creator: by turns, or with a password for each new connection. */
  private Supplier<Future<SqlConnectOptions>> databases(List<PgConnectOptions> options) {
    Optional<String> provider =
        config.getOptionalValue("quarkus.datasource.credentials-provider", String.class);
    if (provider.isEmpty()) {
      return () -> Future.succeededFuture(options.get(0));
    }
    ConnectOptionsSupplier<PgConnectOptions> signedIn =
        new ConnectOptionsSupplier<>(
            CredentialsProviderFinder.find(null), provider.get(), options, PgConnectOptions::new);
    return () -> signedIn.get().map(found -> (SqlConnectOptions) found);
  }

  private static void guard(SqlConnection fresh) {
    Connection connection = ((SqlConnectionInternal) fresh).unwrap();
    while (!(connection instanceof SocketConnectionBase) && connection.unwrap() != connection) {
      connection = connection.unwrap();
    }
    if (connection instanceof SocketConnectionBase socket) {
      var pipeline = socket.socket().channelHandlerContext().pipeline();
      if (pipeline.get(IDLE) != null) {
        pipeline.remove(IDLE);
      }
      pipeline.addBefore(LAST, "towncrier", new AnswerDeadline(STATEMENT, LONG_STATEMENT));
      fresh.close();
    } else {
      throw new IllegalStateException("a connection has no socket: " + connection.getClass());
    }
  }
}
