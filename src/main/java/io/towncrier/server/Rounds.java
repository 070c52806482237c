package io.towncrier.server;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Does something again and again, one round at a time: by a timer, and at once when somebody asks
 * for it. Who asks while a round is under way gets another one behind it, for that one may have
 * looked before there was something to see.
 */
final class Rounds {
  private final Logger log;
  private final String fails;
  private final Supplier<Uni<?>> round;
  private final AtomicInteger asked = new AtomicInteger();

  /**
   * For one kind of work.
   *
   * @param fails what the log says when a round fails; the next one tries again
   */
  Rounds(Logger log, String fails, Supplier<Uni<?>> round) {
    this.log = log;
    this.fails = fails;
    this.round = round;
  }

  /** Done when nobody asks any more; at once when somebody else is at it. */
  Uni<Void> run() {
    return Uni.createFrom()
        .deferred(
            () ->
                asked.getAndIncrement() > 0
                    ? Uni.createFrom().voidItem()
                    : Multi.createBy()
                        .repeating()
                        .uni(this::one)
                        .whilst(more -> more)
                        .collect()
                        .last()
                        .replaceWithVoid());
  }

  /** Whether somebody has asked meanwhile. */
  private Uni<Boolean> one() {
    int before = asked.get();
    return Uni.createFrom()
        .deferred(round::get)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              log.warnf("%s: %s", fails, failure);
              return Uni.createFrom().voidItem();
            })
        .map(done -> !asked.compareAndSet(before, 0));
  }
}
