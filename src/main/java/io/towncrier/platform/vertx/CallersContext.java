package io.towncrier.platform.vertx;

import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Results that several wait for arrive on the context of the one whose work they came from. A
 * database session belongs to a context: a caller that continues there joins a stranger's
 * transaction.
 */
public final class CallersContext {
  private CallersContext() {}

  /**
   * The same result, on the context of each who waits for it. Who leaves, as a client does that
   * closes its connection, cancels nothing for the others. Where no container runs there are no
   * contexts.
   *
   * @param shared joined by each who waits
   */
  public static <T> Uni<T> keep(Supplier<CompletableFuture<T>> shared) {
    // Mutiny cancels the future that it waits for: each has a copy.
    Uni<T> own = Uni.createFrom().completionStage(() -> shared.get().copy());
    return Uni.createFrom()
        .deferred(
            () -> {
              Context mine = Arc.container() == null ? null : Vertx.currentContext();
              return mine == null
                  ? own
                  : own.emitOn(command -> mine.runOnContext(nothing -> command.run()));
            });
  }
}
