package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;

/**
 * Folds what has changed into the counters, so that a look does not get longer with each change.
 */
@ApplicationScoped
public class FoldOutcomes {
  private static final int BATCH = 20_000;

  private final OutcomeCounts counts;
  private final Transactions transactions;

  FoldOutcomes(OutcomeCounts counts, Transactions transactions) {
    this.counts = counts;
    this.transactions = transactions;
  }

  /**
   * Folds until little is left.
   *
   * @param hasTime asked before every batch
   * @return how many changes were folded
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(
        BATCH, hasTime, () -> transactions.inLightTransaction(() -> counts.fold(BATCH)));
  }
}
