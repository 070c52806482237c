package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.function.BooleanSupplier;

/**
 * Writes down how many devices there are of each version and country: each day, and each hour while
 * a release is new. It reads counts that are kept, so no look at a picture costs more than the
 * picture (docs/adr/0059).
 */
@ApplicationScoped
public class KeepAdoption {
  private static final Duration NEW_FOR = Duration.ofDays(30);

  private final AdoptionStore store;
  private final Transactions transactions;
  private final InstantSource clock;

  KeepAdoption(AdoptionStore store, Transactions transactions, InstantSource clock) {
    this.store = store;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Counts what is due, once for each hour and day, in whatever process.
   *
   * @return how many numbers were kept
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    Instant now = clock.instant();
    Instant newSince = now.minus(NEW_FOR);
    return take(AdoptionStore.Grain.DAY, now.truncatedTo(ChronoUnit.DAYS), newSince)
        .chain(
            days ->
                hasTime.getAsBoolean()
                    ? take(AdoptionStore.Grain.HOUR, now.truncatedTo(ChronoUnit.HOURS), newSince)
                        .map(hours -> days + hours)
                    : Uni.createFrom().item(days));
  }

  private Uni<Long> take(AdoptionStore.Grain grain, Instant at, Instant newSince) {
    return transactions.inLightTransaction(() -> store.take(grain, at, newSince));
  }
}
