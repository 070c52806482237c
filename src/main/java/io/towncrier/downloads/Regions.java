package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Takes downloads out of the budgets of regions. Only where there is a budget. */
@ApplicationScoped
class Regions {
  private final BucketStore store;
  private final DownloadBudget budget;
  private final Map<String, Gate> gates = new ConcurrentHashMap<>();

  Regions(BucketStore store, DownloadBudget budget) {
    this.store = store;
    this.budget = budget;
  }

  /** Whether another one may try now; it must leave afterwards. */
  boolean enter(Download download, long now) {
    return gate(download).enter(download, now);
  }

  void leave(Download download) {
    gate(download).leave();
  }

  /** Without a statement: after which time to come again. */
  Duration waitFor(Download download, long now) {
    return gate(download).waitFor(download, now);
  }

  /**
   * Takes a download.
   *
   * @return after which time to come again; empty when it may begin
   */
  Uni<Optional<Duration>> take(Download download, long now) {
    return tried(gate(download), download, now, Gate.TRIES);
  }

  /** The same without taking anything, and as the bucket is kept. */
  Uni<Optional<Duration>> look(Download download, long now) {
    long rate = rate();
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
                                ? Uni.createFrom().item(answer.get().toWait())
                                : tried(gate, download, now, left - 1)));
  }

  private Uni<Bucket> known(Gate gate, String region, long now) {
    @Nullable Bucket known = gate.known();
    if (known != null) {
      return Uni.createFrom().item(known);
    }
    Bucket first = Bucket.full(rate(), now);
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
    long rate = rate();
    Bucket filled = known.at(now, rate);
    boolean fits = filled.hasRoom(download.urgency(), rate);
    Waiting waiting = gate.takeWaiting();
    Bucket begun = fits ? filled.take(download.bytes(), rate) : filled;
    Bucket next =
        waiting.in(begun, rate).queued(fits ? 0 : download.bytes(), download.urgency(), now, rate);
    return store
        .replace(download.region(), known, next)
        .onFailure()
        .invoke(lost -> gate.undo(known, waiting))
        .map(
            kept -> {
              if (!kept) {
                gate.undo(known, waiting);
                return Optional.<Answer>empty();
              }
              gate.keep(next);
              return Optional.of(fits ? Answer.ADMITTED : refused(gate, download, next, now));
            });
  }

  private static Answer refused(Gate gate, Download download, Bucket next, long now) {
    gate.refuse(download, now);
    return Answer.waits(next.toWait(download.urgency(), now));
  }

  private Gate gate(Download download) {
    return gates.computeIfAbsent(download.region(), region -> new Gate(rate()));
  }

  private long rate() {
    return budget.bytesPerSecond().getAsLong();
  }
}
