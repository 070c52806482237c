package io.towncrier.updates.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.towncrier.testing.Await;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Several who wait for one load go on in their own contexts, and so in their own transactions. */
@QuarkusTest
@Tag("zoneless")
class SharedLoadIT {
  @Inject Vertx vertx;

  @Test
  void eachWaiterGoesOnWhereItAsked() throws Exception {
    AtomicReference<UniEmitter<? super String>> load = new AtomicReference<>();
    Coalesced<String> shared = new Coalesced<>(() -> Uni.createFrom().<String>emitter(load::set));
    List<Context> asked = new ArrayList<>();
    List<CompletableFuture<Context>> answered = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Context context = VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext());
      CompletableFuture<Context> answer = new CompletableFuture<>();
      CompletableFuture<Void> waits = new CompletableFuture<>();
      context.runOnContext(
          nothing -> {
            shared
                .run()
                .subscribe()
                .with(
                    value -> answer.complete(Vertx.currentContext()),
                    answer::completeExceptionally);
            waits.complete(null);
          });
      waits.get(10, TimeUnit.SECONDS);
      asked.add(context);
      answered.add(answer);
    }

    // The first is a run of its own; who came later shares the next one.
    load.getAndSet(null).complete("first");
    assertThat(answered.get(0).get(10, TimeUnit.SECONDS)).isSameAs(asked.get(0));
    Await.patiently("the next run", () -> load.get() != null);
    load.get().complete("second");
    for (int i = 1; i < 4; i++) {
      assertThat(answered.get(i).get(10, TimeUnit.SECONDS)).as("%d", i).isSameAs(asked.get(i));
    }
  }
}
