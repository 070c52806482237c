package io.towncrier.fleet;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;

/**
 * Folds what has changed into the counts, so that a look does not get longer with each change. Who
 * looks before sees the same numbers.
 */
@ApplicationScoped
public class FoldCounts {
  private static final int BATCH = 20_000;

  private final CountChanges changes;
  private final Transactions transactions;

  FoldCounts(CountChanges changes, Transactions transactions) {
    this.changes = changes;
    this.transactions = transactions;
  }

  /**
   * Folds until little is left.
   *
   * @param hasTime asked before every batch
   * @return how many changes were folded
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(BATCH, hasTime, this::batch);
  }

  // Lost together or kept together: a crash costs nothing but the work.
  private Uni<Long> batch() {
    return transactions.inLightTransaction(() -> changes.fold(BATCH));
  }
}
