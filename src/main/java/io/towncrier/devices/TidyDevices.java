package io.towncrier.devices;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Clears away what time has made worthless, batch by batch: addresses of devices that were not seen
 * for very long, addresses that were never proved, and removals that a crash has interrupted.
 */
@ApplicationScoped
public class TidyDevices {
  private static final int BATCH = 500;
  // Waiting for one removal takes at most a lease.
  private static final int REMOVALS = 5;
  private static final Duration REMOVAL_TAKES_AT_MOST = Duration.ofMinutes(10);

  private final AddressStore addresses;
  private final RetireDevice retire;
  private final Transactions transactions;
  private final InstantSource clock;
  private final DevicesConfig config;
  private final Instance<Tidying> others;

  TidyDevices(
      AddressStore addresses,
      RetireDevice retire,
      Transactions transactions,
      InstantSource clock,
      DevicesConfig config,
      @Any Instance<Tidying> others) {
    this.addresses = addresses;
    this.retire = retire;
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
    this.others = others;
  }

  /**
   * Tidies until nothing is left to do.
   *
   * @param goOn asked before every batch
   * @return how many things were cleared away
   */
  public Uni<Long> run(BooleanSupplier goOn) {
    return Multi.createBy()
        .repeating()
        .uni(() -> goOn.getAsBoolean() ? batch() : Uni.createFrom().item(0))
        .whilst(cleared -> cleared > 0)
        .collect()
        .with(Collectors.summingLong(Integer::longValue));
  }

  private Uni<Integer> batch() {
    Instant now = clock.instant();
    LocalDate lastSeen = LocalDate.ofInstant(now.minus(config.pruneAfter()), ZoneOffset.UTC);
    return transactions
        .inTransaction(() -> addresses.prune(lastSeen, BATCH))
        .chain(
            pruned ->
                transactions
                    .inTransaction(() -> addresses.dropExpired(now, BATCH))
                    .map(dropped -> pruned + dropped))
        .chain(
            cleared ->
                retire
                    .finishRemovals(now.minus(REMOVAL_TAKES_AT_MOST), REMOVALS)
                    .map(finished -> cleared + finished))
        .chain(cleared -> tidyOthers(now, cleared));
  }

  private Uni<Integer> tidyOthers(Instant now, int cleared) {
    Uni<Integer> all = Uni.createFrom().item(cleared);
    for (Tidying other : others) {
      all =
          all.chain(
              sum ->
                  transactions
                      .inTransaction(() -> other.tidy(now, BATCH))
                      .map(further -> sum + further));
    }
    return all;
  }
}
