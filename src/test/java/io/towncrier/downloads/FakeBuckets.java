package io.towncrier.downloads;

import io.smallrye.mutiny.Uni;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Rows in memory, which count how often they are asked. */
final class FakeBuckets implements BucketStore {
  private final Map<String, Bucket> rows = new ConcurrentHashMap<>();
  private final AtomicInteger statements = new AtomicInteger();
  private boolean losesAnswers;

  int statements() {
    return statements.get();
  }

  /** From now on a change is kept, and its answer is lost; as when a process ends between both. */
  void loseAnswers(boolean lost) {
    losesAnswers = lost;
  }

  @Override
  public Uni<Optional<Bucket>> find(String region) {
    statements.incrementAndGet();
    return Uni.createFrom().item(Optional.ofNullable(rows.get(region)));
  }

  @Override
  public Uni<Void> open(String region, Bucket first) {
    statements.incrementAndGet();
    rows.putIfAbsent(region, first);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Boolean> replace(String region, Bucket known, Bucket next) {
    statements.incrementAndGet();
    boolean kept = rows.replace(region, known, next);
    return losesAnswers
        ? Uni.createFrom().failure(new IllegalStateException("the answer is lost"))
        : Uni.createFrom().item(kept);
  }
}
