package io.towncrier.platform;

import io.quarkus.arc.Arc;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import java.util.function.Supplier;

/**
 * Work that takes long, on a thread that answers nobody; what follows goes on where the caller was,
 * so that a transaction can stay open meanwhile. Where no container runs there is no such place to
 * go back to, and no transaction.
 */
public final class Offload {
  private Offload() {}

  public static <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom()
        .deferred(
            () ->
                Arc.container() == null
                    ? Uni.createFrom()
                        .item(work)
                        .runSubscriptionOn(Infrastructure.getDefaultExecutor())
                    : VertxContextSupport.executeBlocking(work::get));
  }
}
