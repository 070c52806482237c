package io.towncrier.platform.postgres;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Traces;
import io.towncrier.platform.Transactions;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.mutiny.impl.MutinySessionImpl;
import org.hibernate.reactive.pool.ReactiveConnection;
import org.jspecify.annotations.Nullable;

/**
 * Set-based SQL on the connection of the current Hibernate Reactive session, so that a statement
 * and the entities beside it are one transaction. Parameters are PostgreSQL's {@code $1}; values
 * come as the Vert.x client delivers them (OffsetDateTime, String[], Buffer).
 */
@ApplicationScoped
public class Database implements Transactions {
  private static final int TRIES = 5;
  // More than a pool has connections: all of them may be dead.
  private static final int CONNECTIONS = 32;
  private static final long MOMENT_MILLIS = 2;
  private static final String OPEN = "towncrier.transaction";

  private final Vertx vertx;
  private final Traces traces;

  Database(Vertx vertx, Traces traces) {
    this.vertx = vertx;
    this.traces = traces;
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return onEventLoop(
        () -> {
          if (isOpen()) {
            return Panache.withTransaction(work);
          }
          Context context = Vertx.currentContext();
          context.putLocal(OPEN, true);
          // Only the outermost is repeated: a race is lost as a whole.
          return begin(work)
              .onFailure(SqlFailures::isLostRace)
              .retry()
              .atMost(TRIES)
              .onTermination()
              .invoke(() -> context.removeLocal(OPEN));
        });
  }

  @Override
  public <T> Uni<T> inLightTransaction(Supplier<Uni<T>> work) {
    return onEventLoop(
        () ->
            // As a part of another transaction it must not take the weight off that one.
            isOpen()
                ? inTransaction(work)
                : inTransaction(
                    () -> update("SET LOCAL synchronous_commit TO off").chain(done -> work.get())));
  }

  /** Whether a transaction is under way; on an event loop. */
  private static boolean isOpen() {
    return Boolean.TRUE.equals(Vertx.currentContext().getLocal(OPEN));
  }

  /** Rows of a query. Runs in the current transaction, or in one of its own. */
  public <T> Uni<List<T>> rows(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return onConnection(
        connection ->
            Uni.createFrom()
                .completionStage(() -> connection.select(sql, parameters))
                .map(
                    result -> {
                      List<T> rows = new ArrayList<>(Math.max(0, result.size()));
                      result.forEachRemaining(values -> rows.add(mapper.apply(new Row(values))));
                      return rows;
                    }));
  }

  /** The number of rows that a statement changed. */
  public Uni<Integer> update(String sql, @Nullable Object... parameters) {
    return onConnection(
        connection -> Uni.createFrom().completionStage(() -> connection.update(sql, parameters)));
  }

  private <T> Uni<T> onConnection(Function<ReactiveConnection, Uni<T>> work) {
    return onEventLoop(
        () ->
            begin(
                () ->
                    Panache.getSession()
                        .chain(
                            session ->
                                // What entities have pending must be seen by the statement.
                                session.flush().chain(() -> work.apply(connectionOf(session))))));
  }

  /**
   * A connection that died in the pool, as while a function was frozen, shows that at BEGIN. Then
   * nothing was asked of the database yet, and another connection is tried.
   */
  private <T> Uni<T> begin(Supplier<Uni<T>> work) {
    AtomicBoolean begun = new AtomicBoolean();
    return Uni.createFrom()
        .deferred(
            () ->
                Panache.withTransaction(
                    () -> {
                      begun.set(true);
                      return work.get();
                    }))
        .onFailure(failure -> !begun.get() && SqlFailures.isLostConnection(failure))
        .call(this::aMoment)
        .onFailure(failure -> !begun.get() && SqlFailures.isLostConnection(failure))
        .retry()
        .atMost(CONNECTIONS);
  }

  /** In which the event loop sees that the connection is gone: else the pool gives it out again. */
  private Uni<Void> aMoment() {
    return Uni.createFrom()
        .emitter(emitter -> vertx.setTimer(MOMENT_MILLIS, timer -> emitter.complete(null)));
  }

  /** A session lives in a Vert.x context of its own; timers and sender threads have none. */
  private <T> Uni<T> onEventLoop(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                // A worker thread carries the context of its request, and must not use its session.
                VertxContext.isOnDuplicatedContext() && Context.isOnEventLoopThread()
                    ? work.get()
                    : Uni.createFrom()
                        .emitter(
                            emitter -> {
                              Carried caller = Carried.from(traces);
                              Context context =
                                  VertxContext.createNewDuplicatedContext(
                                      vertx.getOrCreateContext());
                              VertxContextSafetyToggle.setContextSafe(context, true);
                              context.runOnContext(
                                  nothing -> {
                                    caller.arrive(traces);
                                    work.get().subscribe().with(emitter::complete, emitter::fail);
                                  });
                            }));
  }

  private static ReactiveConnection connectionOf(Mutiny.Session session) {
    return ((MutinySessionImpl) session).getReactiveConnection();
  }
}
