package io.towncrier.delivery.sending;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The pushes that are claimed and not recorded yet: never more than a limit, so that neither memory
 * nor what a crash repeats grows with the outbox. Results are recorded together: those that come
 * while others are being written are the next to be.
 */
final class InFlightWindow {
  private static final Logger LOG = Logger.getLogger(InFlightWindow.class);
  private static final int MOST_AT_ONCE = 500;
  private static final int WORTH_A_WRITE = 100;
  private static final Duration PAUSE = Duration.ofMillis(5);
  private static final Duration FIRST_REPEAT = Duration.ofMillis(100);
  private static final Duration LAST_REPEAT = Duration.ofSeconds(2);

  private final int limit;
  private final Duration lease;
  private final Function<List<RecordResults.Sent>, Uni<Void>> record;
  private final List<RecordResults.Sent> results = new ArrayList<>();
  private int count;
  private boolean recording;
  // At most one waits: for so much room.
  private int wanted;
  private @Nullable UniEmitter<? super Integer> waiting;

  /**
   * With nothing under way.
   *
   * @param limit of pushes
   * @param lease for so long a result can be recorded
   * @param record writes results
   */
  InFlightWindow(int limit, Duration lease, Function<List<RecordResults.Sent>, Uni<Void>> record) {
    this.limit = limit;
    this.lease = lease;
    this.record = record;
  }

  /** How many more there may be, once it is worth a claim of this size. */
  Uni<Integer> room(int batch) {
    return room(Math.max(1, Math.min(batch, limit) / 2), limit);
  }

  /** Done when nothing is under way. */
  Uni<Void> recorded() {
    return room(limit, limit).replaceWithVoid();
  }

  private Uni<Integer> room(int needed, int of) {
    return Uni.createFrom()
        .emitter(
            emitter -> {
              int free;
              synchronized (this) {
                free = of - count;
                if (free < needed) {
                  wanted = needed;
                  waiting = emitter;
                  return;
                }
              }
              emitter.complete(free);
            });
  }

  synchronized void add(int pushes) {
    count += pushes;
  }

  /** A push has met its answer. */
  void done(RecordResults.Sent sent) {
    synchronized (this) {
      results.add(sent);
      if (recording) {
        return;
      }
      recording = true;
    }
    recordNext();
  }

  private void recordNext() {
    Uni<Void> start = Uni.createFrom().voidItem();
    if (isLittle()) {
      start = start.onItem().delayIt().by(PAUSE);
    }
    start
        // In a database session of its own: the claim that follows may be using this one.
        .emitOn(Infrastructure.getDefaultExecutor())
        .subscribe()
        .with(nothing -> recordNow());
  }

  private synchronized boolean isLittle() {
    return results.size() < WORTH_A_WRITE;
  }

  private void recordNow() {
    List<RecordResults.Sent> next;
    synchronized (this) {
      if (results.isEmpty()) {
        recording = false;
        return;
      }
      List<RecordResults.Sent> some = results.subList(0, Math.min(MOST_AT_ONCE, results.size()));
      next = List.copyOf(some);
      some.clear();
    }
    record
        .apply(next)
        .onFailure()
        .retry()
        .withBackOff(FIRST_REPEAT, LAST_REPEAT)
        // Behind its lease it is another claim's.
        .expireIn(lease.toMillis())
        .subscribe()
        .with(
            nothing -> finished(next.size()),
            failure -> {
              LOG.errorf("%d results are lost, and sent again: %s", next.size(), failure);
              finished(next.size());
            });
  }

  private void finished(int recorded) {
    UniEmitter<? super Integer> ready = null;
    int free;
    synchronized (this) {
      count -= recorded;
      free = limit - count;
      if (waiting != null && free >= wanted) {
        ready = waiting;
        waiting = null;
      }
    }
    if (ready != null) {
      ready.complete(free);
    }
    recordNext();
  }
}
