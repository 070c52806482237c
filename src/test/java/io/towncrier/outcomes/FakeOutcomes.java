package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.ReleaseId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Attempts of one device in memory. */
final class FakeOutcomes implements OutcomeStore, PolicyStore, Transactions {
  private final Map<Attempt.Key, Attempt> attempts = new HashMap<>();
  private final Set<Attempt.Key> current = new HashSet<>();
  private final Map<Attempt.Key, Instant> due = new HashMap<>();
  private OutcomePolicy policy = OutcomePolicy.DEFAULT;
  private Instant seenAt = Instant.MAX;

  @Override
  public Uni<Locked> lock(Attempt.Key key, Instant now) {
    Optional<Attempt> other =
        current.stream().filter(k -> !k.equals(key)).findFirst().map(attempts::get);
    return Uni.createFrom()
        .item(
            new Locked(
                attempts.getOrDefault(key, Attempt.none(key, now)),
                other,
                Instant.EPOCH,
                false,
                seenAt.isBefore(now) ? seenAt : now));
  }

  @Override
  public Uni<Void> save(Change change) {
    Attempt after = change.after();
    attempts.put(after.key(), after);
    due.remove(after.key());
    if (after.state().isOpen()) {
      due.put(after.key(), after.times().heardAt().plus(change.timeOut()));
    }
    if (change.isCurrent()) {
      current.add(change.after().key());
    } else {
      current.remove(change.after().key());
    }
    if (current.size() > 1) {
      throw new IllegalStateException("as the unique index has it: " + current);
    }
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<List<Attempt.Key>> due(Instant now, int limit) {
    return Uni.createFrom()
        .item(
            due.entrySet().stream()
                .filter(entry -> !entry.getValue().isAfter(now))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList());
  }

  @Override
  public Uni<List<Attempt>> current(List<String> devices) {
    return Uni.createFrom().item(current.stream().map(attempts::get).toList());
  }

  @Override
  public Uni<List<Attempt>> ofDevice(String device) {
    return Uni.createFrom().item(List.copyOf(attempts.values()));
  }

  @Override
  public Uni<OutcomePolicy> of(ReleaseId release) {
    return Uni.createFrom().item(policy);
  }

  @Override
  public Uni<Thresholds> thresholds(ReleaseId release) {
    return Uni.createFrom().item(Thresholds.DEFAULT);
  }

  @Override
  public Uni<Stored> settings(String product, Optional<String> version) {
    return Uni.createFrom().item(new Stored(OutcomeSettings.NONE, 0));
  }

  @Override
  public Uni<Boolean> set(
      String product, Optional<String> version, OutcomeSettings settings, int revision) {
    return Uni.createFrom().item(false);
  }

  @Override
  public <T> Uni<T> inTransaction(Supplier<Uni<T>> work) {
    return work.get();
  }

  /** How attempts are judged from now on. */
  void judgedBy(OutcomePolicy next) {
    policy = next;
  }

  /** When the device was seen last; without it at every moment. */
  void seenAt(Instant moment) {
    seenAt = moment;
  }

  Attempt attempt(Attempt.Key key) {
    return attempts.get(key);
  }

  /** With how many releases the device is busy. */
  long busy() {
    return attempts.values().stream().filter(a -> a.state().isOpen()).count();
  }

  /** What the counters must be, counted from the attempts. */
  List<Map.Entry<Tally.Place, Integer>> sums() {
    Map<Tally.Place, Integer> sums = new HashMap<>();
    attempts.values().forEach(a -> Tally.places(a).forEach(p -> sums.merge(p, 1, Integer::sum)));
    return List.copyOf(sums.entrySet());
  }
}
