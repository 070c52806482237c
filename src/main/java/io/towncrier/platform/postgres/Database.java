package io.towncrier.platform.postgres;

import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.vertx.core.runtime.context.VertxContextSafetyToggle;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Traces;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Supplier;
import org.eclipse.microprofile.config.Config;
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
  /** What a statement begins with that may take minutes, and not seconds. */
  public static final String LONG = AnswerDeadline.LONG + "\n";

  private static final int TRIES = 5;
  // More than a pool has connections: all of them may be dead.
  private static final int CONNECTIONS = 32;
  private static final long MOMENT_MILLIS = 2;
  private static final String OPEN = "towncrier.transaction";
  private static final String BUSY = "towncrier.session";

  private final Vertx vertx;
  private final Instance<Pool> pool;
  private final Traces traces;
  private final DatabaseState state;
  private final TimeOutCheck timeOuts;
  private final boolean behindPooler;

  Database(
      Vertx vertx,
      Instance<Pool> pool,
      Traces traces,
      DatabaseState state,
      TimeOutCheck timeOuts,
      Config config) {
    this.vertx = vertx;
    this.pool = pool;
    this.traces = traces;
    this.state = state;
    this.timeOuts = timeOuts;
    this.behindPooler =
        config
            .getOptionalValue(
                "quarkus.datasource.reactive.postgresql.use-layer7-proxy", Boolean.class)
            .orElse(false);
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return bounded(
        deadline ->
            onFreeContext(
                () -> {
                  if (isOpen()) {
                    return Panache.withTransaction(work);
                  }
                  Context context = Vertx.currentContext();
                  context.putLocal(OPEN, deadline);
                  // Only the outermost is repeated: a race is lost as a whole.
                  return begin(deadline, work)
                      .onFailure(lost -> SqlFailures.isLostRace(lost) && !deadline.isOver())
                      .retry()
                      .atMost(TRIES)
                      .onTermination()
                      .invoke(() -> context.removeLocal(OPEN));
                }));
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

  @Override
  public <T> Uni<T> aside(Supplier<Uni<T>> work) {
    return Uni.createFrom().deferred(() -> onContextOfItsOwn(work));
  }

  /** Whether a transaction is under way; on an event loop. */
  private static boolean isOpen() {
    return Vertx.currentContext().getLocal(OPEN) != null;
  }

  /**
   * What was asked of the database, within the time of the request that it is for. A failure that
   * may pass is a {@link io.towncrier.platform.database.DatabaseUnavailable}.
   */
  private <T> Uni<T> bounded(Function<Deadline, Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Deadline outer =
                  VertxContext.isOnDuplicatedContext()
                      ? Vertx.currentContext().getLocal(OPEN)
                      : null;
              if (outer != null) {
                outer.refuseIfOver();
                return work.apply(outer);
              }
              return timeOuts.hasPassed()
                  ? within(RequestTime.left(), work)
                  : within(RequestTime.left(), by -> timeOuts.look().chain(() -> work.apply(by)));
            })
        .onFailure()
        .transform(this::told);
  }

  private <T> Uni<T> within(@Nullable AtomicLong left, Function<Deadline, Uni<T>> work) {
    return left == null ? Deadline.whileWaitedFor(work) : Deadline.within(vertx, left, work);
  }

  private Throwable told(Throwable failure) {
    Throwable told = SqlFailures.told(failure);
    if (told instanceof DatabaseUnavailable unavailable) {
      state.failed(unavailable.why());
    }
    return told;
  }

  /** Rows of a query. Runs in the current transaction, or in one of its own. */
  public <T> Uni<List<T>> rows(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return onConnection(connection -> select(connection, sql, mapper, parameters));
  }

  /** The number of rows that a statement changed. */
  public Uni<Integer> update(String sql, @Nullable Object... parameters) {
    return onConnection(
        connection -> Uni.createFrom().completionStage(() -> connection.update(sql, parameters)));
  }

  /**
   * Rows of one statement that needs no other beside it: without BEGIN and COMMIT, it is one round
   * trip (docs/adr/0036). Within a transaction it is a part of that one. It is asked once more when
   * its connection is lost, so it is a query, or a change that may be made twice. Behind a pooler
   * it stands in a transaction: the driver has it described and then sends it, and two of the
   * pooler's connections may be given these two messages.
   */
  public <T> Uni<List<T>> rowsAlone(
      String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return bounded(
        deadline ->
            onEventLoop(
                () ->
                    isOpen()
                        ? inSession(connection -> select(connection, sql, mapper, parameters))
                        : behindPooler
                            ? inTransaction(deadline, sql, mapper, parameters)
                            : alone(deadline, sql, mapper, parameters)));
  }

  private <T> Uni<List<T>> alone(
      Deadline deadline, String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    if (Migrations.arePending()) {
      return away();
    }
    return Uni.createFrom()
        .completionStage(
            () -> pool.get().preparedQuery(sql).execute(Tuple.wrap(parameters)).toCompletionStage())
        .map(found -> Row.map(found, mapper))
        .onFailure(lost -> SqlFailures.isLostAnswer(lost) && !deadline.isOver())
        .recoverWithUni(
            () -> aMoment().chain(() -> inTransaction(deadline, sql, mapper, parameters)));
  }

  /** BEGIN finds a connection that lives, however many in the pool are dead. */
  private <T> Uni<List<T>> inTransaction(
      Deadline deadline, String sql, Function<Row, T> mapper, @Nullable Object... parameters) {
    return onFreeContext(
        () ->
            begin(
                deadline,
                () -> inSession(connection -> select(connection, sql, mapper, parameters))));
  }

  private static <T> Uni<List<T>> select(
      ReactiveConnection connection,
      String sql,
      Function<Row, T> mapper,
      @Nullable Object... parameters) {
    return Uni.createFrom()
        .completionStage(() -> connection.selectJdbc(sql, parameters))
        .map(found -> Row.map(found, mapper));
  }

  private <T> Uni<T> onConnection(Function<ReactiveConnection, Uni<T>> work) {
    return bounded(deadline -> onFreeContext(() -> begin(deadline, () -> inSession(work))));
  }

  /** What entities have pending must be seen by the statement. */
  private static <T> Uni<T> inSession(Function<ReactiveConnection, Uni<T>> work) {
    return Panache.getSession()
        .chain(session -> session.flush().chain(() -> work.apply(connectionOf(session))));
  }

  /**
   * A connection that died in the pool, as while a function was frozen, shows that at BEGIN. Then
   * nothing was asked of the database yet, and another connection is tried.
   */
  private <T> Uni<T> begin(Deadline deadline, Supplier<Uni<T>> work) {
    if (Migrations.arePending()) {
      return away();
    }
    AtomicBoolean begun = new AtomicBoolean();
    return Uni.createFrom()
        .deferred(
            () ->
                Panache.withTransaction(
                    () -> {
                      begun.set(true);
                      return Uni.createFrom()
                          .voidItem()
                          .invoke(deadline::refuseIfOver)
                          .chain(work::get)
                          // Behind it the commit comes.
                          .invoke(deadline::refuseIfOver);
                    }))
        .onFailure(failure -> isDead(failure, begun, deadline))
        .call(this::aMoment)
        .onFailure(failure -> isDead(failure, begun, deadline))
        .retry()
        .atMost(CONNECTIONS);
  }

  /** It was away at the start: until the schema is looked at, nothing is read or written. */
  private static <T> Uni<T> away() {
    return Uni.createFrom().failure(new DatabaseUnavailable(DatabaseUnavailable.Why.AWAY, null));
  }

  private static boolean isDead(Throwable failure, AtomicBoolean begun, Deadline deadline) {
    return !begun.get() && !deadline.isOver() && SqlFailures.isLostConnection(failure);
  }

  /** In which the event loop sees that the connection is gone: else the pool gives it out again. */
  private Uni<Void> aMoment() {
    return Uni.createFrom()
        .emitter(emitter -> vertx.setTimer(MOMENT_MILLIS, timer -> emitter.complete(null)));
  }

  /**
   * On a context whose session nobody else is at. A context has one session, and it is closed by
   * the first that is through with it: of two that are side by side, as two health checks of one
   * request, the other one would go on with a connection that nobody gives back.
   */
  private <T> Uni<T> onFreeContext(Supplier<Uni<T>> work) {
    return onEventLoop(
        () -> {
          if (isOpen()) {
            return work.get();
          }
          Context here = Vertx.currentContext();
          if (here.getLocal(BUSY) != null) {
            return onContextOfItsOwn(() -> onFreeContext(work));
          }
          here.putLocal(BUSY, true);
          return work.get().onTermination().invoke(() -> here.removeLocal(BUSY));
        });
  }

  /** A session lives in a Vert.x context; timers and sender threads have none. */
  private <T> Uni<T> onEventLoop(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                // A worker thread carries the context of its request, and must not use its session.
                VertxContext.isOnDuplicatedContext() && Context.isOnEventLoopThread()
                    ? work.get()
                    : onContextOfItsOwn(work));
  }

  private <T> Uni<T> onContextOfItsOwn(Supplier<Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Carried caller = Carried.from(traces);
              Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
              VertxContextSafetyToggle.setContextSafe(context, true);
              context.runOnContext(
                  nothing -> {
                    caller.arrive(traces);
                    work.get().subscribe().with(emitter::complete, emitter::fail);
                  });
            });
  }

  private static ReactiveConnection connectionOf(Mutiny.Session session) {
    return ((MutinySessionImpl) session).getReactiveConnection();
  }
}
