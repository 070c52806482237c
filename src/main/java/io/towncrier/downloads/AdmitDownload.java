package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Admits devices to downloads before they are offered, by the budget of their region
 * (docs/adr/0066). Without a budget everybody is admitted, and nothing is read or written.
 */
@ApplicationScoped
public class AdmitDownload {
  private final BucketStore store;
  private final DownloadBudget budget;
  private final WaitCounters counters;
  private final InstantSource clock;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  AdmitDownload(
      BucketStore store, DownloadBudget budget, WaitCounters counters, InstantSource clock) {
    this.store = store;
    this.budget = budget;
    this.counters = counters;
    this.clock = clock;
  }

  /** Whether anybody may have to wait. */
  public boolean isOn() {
    return budget.bytesPerSecond().isPresent();
  }

  /**
   * Takes a download out of the budget. Who asks twice takes twice: whether a device was admitted
   * before is kept by the caller.
   *
   * @return after which time to come again; empty when it is admitted
   */
  public Uni<Optional<Duration>> run(Download download) {
    if (!isOn() || download.bytes() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    long now = clock.instant().getEpochSecond();
    long rate = budget.bytesPerSecond().getAsLong();
    Gate gate = gates.computeIfAbsent(download.region(), region -> new Gate(rate));
    return Uni.createFrom()
        .deferred(
            () ->
                gate.enter(download, now)
                    ? tried(gate, download, now, Gate.TRIES).onTermination().invoke(gate::leave)
                    : Uni.createFrom().item(Optional.of(gate.waitFor(download, now))))
        .invoke(wait -> wait.ifPresent(time -> counters.waits(download.region())));
  }

  /**
   * The same without taking anything, and as the bucket is kept: for explanations.
   *
   * @return how long the device would wait; empty when it would be admitted
   */
  public Uni<Optional<Duration>> look(Download download) {
    if (!isOn() || download.bytes() == 0) {
      return Uni.createFrom().item(Optional.empty());
    }
    long now = clock.instant().getEpochSecond();
    long rate = budget.bytesPerSecond().getAsLong();
    return store
        .find(download.region())
        .map(
            found ->
                found
                    .map(bucket -> bucket.at(now, rate))
                    .filter(bucket -> !bucket.hasRoom(download.urgency(), rate))
                    .map(
                        bucket ->
                            bucket
                                .queued(download.bytes(), download.urgency(), now, rate)
                                .toWait(download.urgency(), now)));
  }

  private Uni<Optional<Duration>> tried(Gate gate, Download download, long now, int left) {
    if (left == 0) {
      gate.refuse(download, now);
      return Uni.createFrom().item(() -> Optional.of(gate.waitFor(download, now)));
    }
    return known(gate, download.region(), now)
        .chain(
            known ->
                changed(gate, download, known, now)
                    .chain(
                        answer ->
                            answer.isPresent()
                                ? Uni.createFrom().item(answer.get().toWait)
                                : tried(gate, download, now, left - 1)));
  }

  private Uni<Bucket> known(Gate gate, String region, long now) {
    @Nullable Bucket known = gate.known();
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    Bucket first = Bucket.full(budget.bytesPerSecond().getAsLong(), now);
    return store
        .find(region)
        .chain(
            found ->
                found.isPresent()
                    ? Uni.createFrom().item(found.get())
                    : store.open(region, first).replaceWith(first))
        .invoke(gate::keep);
  }

  /** Empty when another one has changed the bucket meanwhile. */
  private Uni<Optional<Answer>> changed(Gate gate, Download download, Bucket known, long now) {
    long rate = budget.bytesPerSecond().getAsLong();
    Bucket filled = known.at(now, rate);
    boolean fits = filled.hasRoom(download.urgency(), rate);
    Gate.Waiting waiting = gate.takeWaiting();
    Bucket begun = fits ? filled.take(download.bytes(), rate) : filled;
    Bucket next =
        begun
            .queued(waiting.bytes(), download.urgency(), waiting.since(), rate)
            .queued(fits ? 0 : download.bytes(), download.urgency(), now, rate);
    return store
        .replace(download.region(), known, next)
        .onFailure()
        .invoke(lost -> undo(gate, known, waiting))
        .map(
            kept -> {
              if (!kept) {
                undo(gate, known, waiting);
                return Optional.<Answer>empty();
              }
              gate.keep(next);
              return Optional.of(fits ? Answer.ADMITTED : refused(gate, download, next, now));
            });
  }

  private static void undo(Gate gate, Bucket known, Gate.Waiting waiting) {
    gate.forget(known);
    gate.giveBack(waiting);
  }

  private static Answer refused(Gate gate, Download download, Bucket next, long now) {
    gate.refuse(download, now);
    return new Answer(Optional.of(next.toWait(download.urgency(), now)));
  }

  private record Answer(Optional<Duration> toWait) {
    static final Answer ADMITTED = new Answer(Optional.empty());
  }
}
