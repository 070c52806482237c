package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Lets a caller go when the database does not answer in time. What it has begun stays with its
 * connection: whatever answer still comes, no further statement follows it and nothing is
 * committed.
 */
final class Deadline {
  private volatile boolean over;

  /** Fails when nobody waits any more for what would be done next. */
  void refuseIfOver() {
    if (over) {
      throw new DatabaseUnavailable(DatabaseUnavailable.Why.SILENT, null);
    }
  }

  boolean isOver() {
    return over;
  }

  /**
   * Work with a time of its own, such as that of a request that goes through all releases. When
   * nobody waits for it any more, as when a browser has left, the same holds: Hibernate would close
   * the session under a transaction that is under way, and the pool might lose its connection.
   */
  static <T> Uni<T> whileWaitedFor(Function<Deadline, Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Deadline deadline = new Deadline();
              emitter.onTermination(() -> deadline.over = true);
              work.apply(deadline).subscribe().with(emitter::complete, emitter::fail);
            });
  }

  /**
   * Work that is waited for at most that long; on a Vert.x context.
   *
   * @param left nanoseconds; what the work takes is taken from it
   */
  static <T> Uni<T> within(Vertx vertx, AtomicLong left, Function<Deadline, Uni<T>> work) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              Deadline deadline = new Deadline();
              long begun = System.nanoTime();
              Context caller = vertx.getOrCreateContext();
              long timer =
                  vertx.setTimer(
                      Math.max(1, TimeUnit.NANOSECONDS.toMillis(left.get())),
                      id -> {
                        deadline.over = true;
                        left.set(0);
                        caller.runOnContext(
                            nothing ->
                                emitter.fail(
                                    new DatabaseUnavailable(DatabaseUnavailable.Why.SILENT, null)));
                      });
              work.apply(deadline)
                  .onTermination()
                  .invoke(
                      () -> {
                        if (vertx.cancelTimer(timer)) {
                          left.addAndGet(begun - System.nanoTime());
                        }
                      })
                  .subscribe()
                  .with(emitter::complete, emitter::fail);
            });
  }
}
