package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Aside;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Recognises that the database was restored from a backup, and lets its pushes wait: what was sent
 * since the backup would be sent again, and who opted out since would be told (docs/adr/0026).
 */
@ApplicationScoped
public class RecogniseRestore {
  private static final Logger LOG = Logger.getLogger(RecogniseRestore.class);
  private static final Duration ASKED_AGAIN_AFTER = Duration.ofSeconds(5);

  private final InstallationStore store;
  private final Outside outside;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile boolean compared;
  private volatile @Nullable Answer last;

  RecogniseRestore(
      InstallationStore store, Outside outside, Transactions transactions, InstantSource clock) {
    this.store = store;
    this.outside = outside;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Why nothing may be pushed, if the database was restored and no operator has let pushes go on.
   * Compares once in the life of a process; the answer is at most five seconds old.
   */
  public Uni<Optional<String>> heldBecause() {
    Answer known = last;
    if (known != null && clock.instant().isBefore(known.until)) {
      return Uni.createFrom().item(known.because);
    }
    return (compared ? Uni.createFrom().voidItem() : compare())
        .chain(store::heldBecause)
        .invoke(because -> last = new Answer(because, clock.instant().plus(ASKED_AGAIN_AFTER)));
  }

  /** Moves the mark on, and tells the witness; not while pushes wait. */
  public Uni<Void> mark() {
    return heldBecause()
        .chain(
            because ->
                because.isPresent()
                    ? Uni.createFrom().voidItem()
                    : store.raise().chain(this::tell));
  }

  private Uni<Void> tell(InstallationStore.Mark mark) {
    return store
        .noticesOfLate()
        .chain(
            notices ->
                Aside.run(
                    () -> {
                      outside.tell(new Outside.Testimony(mark.number(), mark.at(), notices));
                      return mark;
                    }))
        .replaceWithVoid();
  }

  private Uni<Void> compare() {
    return store
        .systemIdentifier()
        .chain(
            cluster ->
                Aside.run(() -> new Seen(cluster, outside.marker(), outside.witness()))
                    .chain(
                        seen ->
                            transactions.inTransaction(
                                () -> store.lock().chain(known -> act(known, seen)))))
        .invoke(done -> compared = true);
  }

  private Uni<Void> act(InstallationStore.Known known, Seen seen) {
    if (known.heldBecause().isPresent()) {
      return Uni.createFrom().voidItem();
    }
    List<String> differences = Restored.differences(known, seen.cluster, seen.marker, seen.witness);
    if (differences.isEmpty()) {
      return store.adopt(
          known.systemIdentifier().or(() -> seen.cluster), known.marker().or(() -> seen.marker));
    }
    String because = String.join("; ", differences);
    LOG.errorf(
        "the database was restored (%s): pushes wait until an operator says so, with the command"
            + " restored",
        because);
    return store.hold(because);
  }

  private record Seen(
      Optional<String> cluster, Optional<String> marker, Optional<Outside.Testimony> witness) {}

  private record Answer(Optional<String> because, Instant until) {}
}
