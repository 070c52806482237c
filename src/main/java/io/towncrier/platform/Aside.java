package io.towncrier.platform;

import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import java.util.function.Supplier;

/**
 * Work that takes long, on a thread that answers nobody; what follows goes on where the caller was,
 * so that a transaction can stay open meanwhile.
 */
public final class Aside {
  private Aside() {}

  public static <T> Uni<T> run(Supplier<T> work) {
    return Uni.createFrom().deferred(() -> VertxContextSupport.executeBlocking(work::get));
  }
}
