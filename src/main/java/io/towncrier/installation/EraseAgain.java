package io.towncrier.installation;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.installation.ReplayStore.Replay;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Erases in a restored database what was erased since its backup (docs/adr/0049): page by page,
 * with its position in the database. Until that is done nothing of the database is served or sent.
 */
@ApplicationScoped
public class EraseAgain {
  private static final Logger LOG = Logger.getLogger(EraseAgain.class);
  private static final Duration BELIEVED = Duration.ofMinutes(1);
  private static final int PAGE = 500;
  private static final int PAGES_A_RUN = 100;

  private final RecogniseRestore restore;
  private final ReplayStore store;
  private final ErasureLedger ledger;
  private final List<Erasable> kinds;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile @Nullable Instant doneAt;

  @Inject
  EraseAgain(
      RecogniseRestore restore,
      ReplayStore store,
      ErasureLedger ledger,
      @Any Instance<Erasable> kinds,
      Transactions transactions,
      InstantSource clock) {
    this(restore, store, ledger, kinds.stream().toList(), transactions, clock);
  }

  EraseAgain(
      RecogniseRestore restore,
      ReplayStore store,
      ErasureLedger ledger,
      List<Erasable> kinds,
      Transactions transactions,
      InstantSource clock) {
    this.restore = restore;
    this.store = store;
    this.ledger = ledger;
    this.kinds = kinds.stream().sorted(Comparator.comparing(Erasable::kind)).toList();
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Whether it was seen within a minute that nothing is due; asks nobody. */
  public boolean isDone() {
    Instant seen = doneAt;
    return seen != null
        && !clock.instant().isBefore(seen)
        && clock.instant().isBefore(seen.plus(BELIEVED));
  }

  /**
   * Whether something is due; looks whether the database was restored, first. Without a ledger
   * nothing is known to be due.
   */
  public Uni<Boolean> isDue() {
    if (!ledger.isKept()) {
      doneAt = clock.instant();
      return Uni.createFrom().item(false);
    }
    Instant now = clock.instant();
    return restore
        .heldBecause()
        .chain(held -> store.find())
        .map(Replay::due)
        .invoke(due -> doneAt = due ? null : now);
  }

  /**
   * Replays what is due.
   *
   * @param hasTime asked before every page
   * @return how many were erased again
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return isDue()
        .chain(
            due ->
                due
                    ? Offload.run(() -> new Noted(ledger.key(), ledger.hashes()))
                        .chain(noted -> replay(noted, hasTime))
                    : Uni.createFrom().item(0L));
  }

  private Uni<Long> replay(Noted noted, BooleanSupplier hasTime) {
    return Multi.createBy()
        .repeating()
        .uni(
            () ->
                hasTime.getAsBoolean()
                    ? transactions.inTransaction(() -> store.lock().chain(r -> page(r, noted)))
                    : Uni.createFrom().item(Step.NONE))
        .whilst(step -> step.goesOn)
        .select()
        .first(PAGES_A_RUN)
        .collect()
        .in(() -> new long[1], (sum, step) -> sum[0] += step.erased)
        .map(sum -> sum[0]);
  }

  private Uni<Step> page(Optional<Replay> locked, Noted noted) {
    if (locked.isEmpty() || !locked.get().due()) {
      return Uni.createFrom().item(Step.NONE);
    }
    Replay replay = locked.get();
    Optional<Erasable> walked =
        kinds.stream().filter(kind -> kind.kind().compareTo(replay.kind()) >= 0).findFirst();
    if (walked.isEmpty()) {
      LOG.infof("the ledger is replayed: %d were erased again", replay.erased());
      return store.save(new Replay(false, "", "", replay.erased())).replaceWith(Step.NONE);
    }
    Erasable kind = walked.get();
    return kind.ids(replay.after(), PAGE).chain(ids -> erase(kind, ids, replay, noted));
  }

  private Uni<Step> erase(Erasable kind, List<String> ids, Replay replay, Noted noted) {
    List<String> again = ids.stream().filter(id -> noted.has(kind.kind(), id)).toList();
    Uni<Void> all = Uni.createFrom().voidItem();
    for (String id : again) {
      all = all.chain(() -> kind.erase(id));
    }
    boolean last = ids.size() < PAGE;
    Replay further =
        new Replay(
            true,
            // What comes behind this kind in their order, whatever it is called.
            last ? kind.kind() + '!' : kind.kind(),
            last ? "" : ids.get(ids.size() - 1),
            replay.erased() + again.size());
    return all.chain(() -> store.save(further)).replaceWith(new Step(again.size(), true));
  }

  /** What the ledger says. */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Noted(byte[] key, Set<String> hashes) {
    boolean has(String kind, String id) {
      return hashes.contains(ErasureLedger.hash(key, kind, id));
    }
  }

  private record Step(long erased, boolean goesOn) {
    static final Step NONE = new Step(0, false);
  }
}
