package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Admits devices to downloads before they are offered, by the budget of their region and by what
 * one device may take (docs/adr/0066). Without a budget everybody is admitted, and nothing is read
 * or written.
 */
@ApplicationScoped
public class AdmitDownload {
  private final Regions regions;
  private final AdmissionStore store;
  private final Transactions transactions;
  private final DownloadBudget budget;
  private final WaitCounters counters;
  private final InstantSource clock;

  AdmitDownload(
      Regions regions,
      AdmissionStore store,
      Transactions transactions,
      DownloadBudget budget,
      WaitCounters counters,
      InstantSource clock) {
    this.regions = regions;
    this.store = store;
    this.transactions = transactions;
    this.budget = budget;
    this.counters = counters;
    this.clock = clock;
  }

  /** Whether anybody may have to wait. */
  public boolean isOn() {
    return budget.bytesPerSecond().isPresent();
  }

  /**
   * Takes a download out of the budget, unless the device was admitted to that release today.
   *
   * @param release its version
   * @return after which time to come again; empty when it is admitted
   */
  public Uni<Optional<Duration>> run(String device, String release, Download download) {
    if (!isOn() || download.bytes() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    long now = clock.instant().getEpochSecond();
    return Uni.createFrom()
        .deferred(
            () ->
                regions.enter(download, now)
                    ? admitted(device, release, download, now)
                        .onTermination()
                        .invoke(() -> regions.leave(download))
                    : Uni.createFrom().item(Optional.of(regions.waitFor(download, now))))
        .invoke(wait -> wait.ifPresent(time -> counters.waits(download.region())));
  }

  /**
   * The same without taking anything, and as both are kept: for explanations.
   *
   * @return how long the device would wait; empty when it would be admitted
   */
  public Uni<Optional<Duration>> look(String device, String release, Download download) {
    if (!isOn() || download.bytes() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    long now = clock.instant().getEpochSecond();
    Admissions none = Admissions.none(download.region(), now);
    return store
        .find(device)
        .map(found -> found.orElse(none).at(download.region(), now))
        .chain(
            mine ->
                mine.answer(release, now)
                    .map(answer -> Uni.createFrom().item(answer.toWait()))
                    .orElseGet(() -> regions.look(download.inRegion(mine.region()), now)));
  }

  /** Several checks of a device take once: each waits for the one before. */
  private Uni<Optional<Duration>> admitted(
      String device, String release, Download download, long now) {
    return transactions.inLightTransaction(
        () ->
            store
                .lock(device, Admissions.none(download.region(), now))
                .chain(kept -> admitted(device, release, download, kept, now)));
  }

  private Uni<Optional<Duration>> admitted(
      String device, String release, Download download, Admissions kept, long now) {
    Admissions mine = kept.at(download.region(), now);
    Optional<Answer> known = mine.answer(release, now);
    return known.isPresent()
        ? Uni.createFrom().item(known.get().toWait())
        : regions
            .take(download.inRegion(mine.region()), now)
            .call(wait -> keep(device, kept, wait.isPresent() ? mine : mine.and(release)));
  }

  private Uni<Void> keep(String device, Admissions kept, Admissions next) {
    return next.equals(kept) ? Uni.createFrom().voidItem() : store.keep(device, next);
  }
}
