package io.towncrier.privacy.rights;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.work.Batches;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Erases the cancelled accounts whose time has come, each in a transaction of its own. */
@ApplicationScoped
public class EraseDue {
  private static final Logger LOG = Logger.getLogger(EraseDue.class);
  private static final int BATCH = 100;

  private final ErasureStore erasures;
  private final List<PersonalDataStore> stores;
  private final Transactions transactions;
  private final InstantSource clock;
  private final AtomicLong overdue = new AtomicLong();

  EraseDue(
      ErasureStore erasures,
      @Any Instance<PersonalDataStore> stores,
      Transactions transactions,
      InstantSource clock) {
    this.erasures = erasures;
    this.stores = stores.stream().toList();
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Erases until nothing is due. One that fails keeps no other from being erased; it comes again
   * with the next run.
   *
   * @param hasTime asked before every batch
   * @return how many accounts were erased
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return Batches.whileFull(1, hasTime, this::batch).call(this::count);
  }

  /** How many accounts must have been erased, and are not, as of the last run. */
  public long overdue() {
    return overdue.get();
  }

  private Uni<Void> count() {
    return erasures
        .overdue(clock.instant())
        .invoke(
            late -> {
              overdue.set(late);
              if (late > 0) {
                LOG.errorf("%d cancelled accounts must have been erased by now, and are not", late);
              }
            })
        .replaceWithVoid();
  }

  private Uni<Integer> batch() {
    return erasures
        .due(clock.instant(), BATCH)
        .chain(
            ids ->
                Multi.createFrom()
                    .iterable(ids)
                    .onItem()
                    .transformToUniAndConcatenate(this::eraseUnlessItFails)
                    .collect()
                    .with(Collectors.summingInt(Integer::intValue)));
  }

  private Uni<Integer> eraseUnlessItFails(String id) {
    return transactions
        .inTransaction(() -> erase(id))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.errorf(failure, "%s is not erased", id);
              return 0;
            });
  }

  private Uni<Integer> erase(String id) {
    return erasures
        .take(id, clock.instant())
        .chain(
            account -> {
              if (account.isEmpty()) {
                return Uni.createFrom().item(0);
              }
              Uni<Void> all = Uni.createFrom().voidItem();
              for (PersonalDataStore store : stores) {
                all = all.chain(() -> store.erase(account.get()));
              }
              return all.chain(() -> erasures.erased(id, clock.instant())).replaceWith(1);
            });
  }
}
