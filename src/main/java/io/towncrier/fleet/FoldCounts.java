package io.towncrier.fleet;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

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
   * @param goOn asked before every batch
   * @return how many changes were folded
   */
  public Uni<Long> run(BooleanSupplier goOn) {
    return Multi.createBy()
        .repeating()
        .uni(() -> goOn.getAsBoolean() ? batch() : Uni.createFrom().item(0L))
        .whilst(folded -> folded == BATCH)
        .collect()
        .with(Collectors.summingLong(Long::longValue));
  }

  // Lost together or kept together: a crash costs nothing but the work.
  private Uni<Long> batch() {
    return transactions.inLightTransaction(() -> changes.fold(BATCH));
  }
}
