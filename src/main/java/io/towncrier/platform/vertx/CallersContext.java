package io.towncrier.platform.vertx;

import io.quarkus.arc.Arc;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/**
 * Results that several wait for arrive on the context of the one whose work they came from. A
 * database session belongs to a context: a caller that continues there joins a stranger's
 * transaction.
 */
public final class CallersContext {
  private CallersContext() {}

  /**
   * The same result, on the context of each who waits for it. Where no container runs there are no
   * contexts.
   */
  public static <T> Uni<T> keep(Uni<T> shared) {
    return Uni.createFrom()
        .deferred(
            () -> {
              Context mine = Arc.container() == null ? null : Vertx.currentContext();
              return mine == null
                  ? shared
                  : shared.emitOn(command -> mine.runOnContext(nothing -> command.run()));
            });
  }
}
