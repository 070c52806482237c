package io.towncrier.devices.retirement;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.DevicesConfig;
import io.towncrier.devices.address.AddressStore;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import io.towncrier.privacy.retention.KeepsPeriods;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * Clears away what time has made worthless, batch by batch: addresses of devices that were not seen
 * for very long, addresses that were never proved, and removals that a crash has interrupted.
 */
@ApplicationScoped
public class TidyDevices implements KeepsPeriods {
  private static final int BATCH = 500;
  // Waiting for one removal takes at most a lease.
  private static final int REMOVALS = 5;
  private static final Duration REMOVAL_TAKES_AT_MOST = Duration.ofMinutes(10);

  private final AddressStore addresses;
  private final RetireDevice retire;
  private final Transactions transactions;
  private final InstantSource clock;
  private final DevicesConfig config;

  TidyDevices(
      AddressStore addresses,
      RetireDevice retire,
      Transactions transactions,
      InstantSource clock,
      DevicesConfig config) {
    this.addresses = addresses;
    this.retire = retire;
    this.transactions = transactions;
    this.clock = clock;
    this.config = config;
  }

  @Override
  public Set<String> periods() {
    return Set.of("push-addresses", "challenges", "registrations");
  }

  /**
   * Tidies until nothing is left to do.
   *
   * @param hasTime asked before every batch
   * @return how many things were cleared away
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(1, hasTime, this::batch);
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
                    .map(finished -> cleared + finished));
  }
}
