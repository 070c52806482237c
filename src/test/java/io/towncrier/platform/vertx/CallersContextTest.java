package io.towncrier.platform.vertx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class CallersContextTest {
  private final CompletableFuture<String> work = new CompletableFuture<>();
  private final Uni<String> shared = CallersContext.keep(() -> work);

  @Test
  void whoLeavesCancelsNothingForTheOthers() {
    CompletableFuture<String> stays = shared.subscribeAsCompletionStage();
    Cancellable leaves = shared.subscribe().with(item -> {}, failure -> {});
    CompletableFuture<String> goesToo = shared.subscribeAsCompletionStage();
    leaves.cancel();
    goesToo.cancel(true);
    assertThat(work).isNotDone();
    assertThat(stays).isNotDone();
    work.complete("found");
    assertThat(stays).isCompletedWithValue("found");
    assertThat(shared.await().indefinitely()).as("who comes later").isEqualTo("found");
  }

  @Test
  void aFailureIsTheSameForAll() {
    CompletableFuture<String> first = shared.subscribeAsCompletionStage();
    CompletableFuture<String> second = shared.subscribeAsCompletionStage();
    IllegalStateException why = new IllegalStateException("the database is away");
    work.completeExceptionally(why);
    assertThatThrownBy(first::join).cause().isSameAs(why);
    assertThatThrownBy(second::join).cause().isSameAs(why);
    assertThatThrownBy(() -> shared.await().indefinitely()).isSameAs(why);
  }
}
