package io.towncrier.delivery.sharding;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.Outbox;
import io.towncrier.delivery.sending.DrainOutbox;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends a shard. */
@ApplicationScoped
public class DeliverShard {
  /** What waits longer in the queue has been planned anew. */
  private static final Duration OLDEST = Duration.ofMinutes(15);

  private final Outbox outbox;
  private final DrainOutbox drain;
  private final DeliveryConfig config;
  private final InstantSource clock;

  DeliverShard(Outbox outbox, DrainOutbox drain, DeliveryConfig config, InstantSource clock) {
    this.outbox = outbox;
    this.drain = drain;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Sends as many deliveries of the notice as a shard has, or fewer when no more are due. The same
   * shard again sends none twice: each is claimed.
   *
   * @param hasTime asked before every claim
   */
  public Uni<Outcome> run(Shard shard, BooleanSupplier hasTime) {
    if (shard.plannedAt().plus(OLDEST).isBefore(clock.instant())) {
      return Uni.createFrom().item(new Outcome.TooOld());
    }
    return outbox
        .isOpen(shard.notice())
        .chain(
            open ->
                open
                    ? drain
                        .run(Optional.of(shard.notice()), config.shard(), hasTime)
                        .map(Outcome.Looked::new)
                    : Uni.createFrom().item(new Outcome.UnknownNotice()));
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** So many deliveries were looked at, and sent or put aside. */
    record Looked(long deliveries) implements Outcome {}

    /** Nothing was done; the tick has asked for other shards. */
    record TooOld() implements Outcome {}

    /** Nobody here has planned it. */
    record UnknownNotice() implements Outcome {}
  }
}
