package io.towncrier.updates.snapshots;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.vertx.CallersContext;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Work that runs once at a time. A caller that asks while it runs gets the result of a run that
 * began afterwards, shared with everybody else who waits; each goes on in its own context.
 */
final class Coalesced<T> {
  private final Supplier<Uni<? extends T>> work;
  private @Nullable CompletableFuture<T> running;
  private @Nullable CompletableFuture<T> next;

  Coalesced(Supplier<Uni<? extends T>> work) {
    this.work = work;
  }

  Uni<T> run() {
    return CallersContext.keep(this::join);
  }

  private CompletableFuture<T> join() {
    CompletableFuture<T> mine;
    synchronized (this) {
      if (running != null) {
        next = next == null ? new CompletableFuture<>() : next;
        return next;
      }
      mine = new CompletableFuture<>();
      running = mine;
    }
    start(mine);
    return mine;
  }

  private void start(CompletableFuture<T> run) {
    Uni.createFrom()
        .<T>deferred(work)
        .onTermination()
        .invoke(this::startNext)
        .subscribe()
        .with(run::complete, run::completeExceptionally);
  }

  private void startNext() {
    CompletableFuture<T> waiting;
    synchronized (this) {
      waiting = next;
      running = next;
      next = null;
    }
    if (waiting != null) {
      start(waiting);
    }
  }
}
