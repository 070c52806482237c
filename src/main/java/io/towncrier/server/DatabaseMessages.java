package io.towncrier.server;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgNotification;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Listens on one connection for all who want messages of the database; a lost one is replaced. */
@ApplicationScoped
class DatabaseMessages {
  private static final long RECONNECT_MILLIS = 1_000;

  private final Pool pool;
  private final Vertx vertx;
  private final List<MessageListener> listeners;
  private volatile @Nullable SqlConnection listening;
  private volatile boolean stopped;

  DatabaseMessages(Pool pool, Vertx vertx, Instance<MessageListener> listeners) {
    this.pool = pool;
    this.vertx = vertx;
    this.listeners = listeners.stream().toList();
  }

  void started(@Observes StartupEvent event) {
    connect();
  }

  void stopping(@Observes ShutdownEvent event) {
    stopped = true;
    SqlConnection connection = listening;
    if (connection != null) {
      connection.close();
    }
  }

  private void connect() {
    if (stopped) {
      return;
    }
    pool.getConnection()
        .onSuccess(this::listen)
        .onFailure(failure -> vertx.setTimer(RECONNECT_MILLIS, timer -> connect()));
  }

  private void listen(SqlConnection connection) {
    listening = connection;
    PgConnection.cast(connection).notificationHandler(this::arrived);
    connection.closeHandler(closed -> lost());
    connection
        .query(
            listeners.stream()
                .map(listener -> "LISTEN " + listener.channel())
                .collect(Collectors.joining("; ")))
        .execute()
        .onSuccess(rows -> listeners.forEach(MessageListener::connected))
        .onFailure(failure -> connection.close());
  }

  private void lost() {
    listening = null;
    listeners.forEach(MessageListener::lost);
    vertx.setTimer(RECONNECT_MILLIS, timer -> connect());
  }

  private void arrived(PgNotification message) {
    for (MessageListener listener : listeners) {
      if (listener.channel().equals(message.getChannel())) {
        listener.arrived(message.getPayload());
      }
    }
  }
}
