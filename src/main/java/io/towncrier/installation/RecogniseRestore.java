package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
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
  private final ReplayStore replay;
  private final Transactions transactions;
  private final InstantSource clock;
  private volatile boolean compared;
  private volatile @Nullable Answer last;

  RecogniseRestore(
      InstallationStore store,
      Outside outside,
      ReplayStore replay,
      Transactions transactions,
      InstantSource clock) {
    this.store = store;
    this.outside = outside;
    this.replay = replay;
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Why nothing may be pushed, if the database was restored and no operator has let pushes go on.
   * Compares everything once in the life of a process, and the witness every five seconds: in a
   * cell the database is exchanged behind functions that run on. The answer is as old at most.
   * Fails when the database cannot be asked, or the witness not the first time.
   */
  public Uni<Optional<String>> heldBecause() {
    Answer known = last;
    if (known != null && clock.instant().isBefore(known.until)) {
      return Uni.createFrom().item(known.because);
    }
    return (compared ? look() : compare())
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
        .sentOfLate()
        .chain(
            notices ->
                Offload.run(
                    () -> {
                      outside.tell(new Outside.Testimony(mark.number(), mark.at(), notices));
                      return mark;
                    }))
        .replaceWithVoid();
  }

  // The witness first: what it was told is in the database by then.
  private Uni<Optional<String>> look() {
    return Offload.run(outside::witness)
        .onFailure()
        .invoke(failure -> LOG.warnf("the witness cannot be asked: %s", failure))
        .onFailure()
        .recoverWithItem(Optional.empty())
        .chain(
            witness ->
                store
                    .find()
                    .chain(
                        known ->
                            known.heldBecause().isEmpty() && Restored.isBehind(known, witness)
                                ? compare()
                                : Uni.createFrom().item(known.heldBecause())));
  }

  private Uni<Optional<String>> compare() {
    return store
        .systemIdentifier()
        .chain(
            cluster ->
                Offload.run(() -> new Seen(cluster, outside.marker(), outside.witness()))
                    .chain(
                        seen ->
                            transactions.inTransaction(
                                () -> store.lock().chain(known -> act(known, seen)))))
        .invoke(because -> compared = true);
  }

  private Uni<Optional<String>> act(InstallationStore.Known known, Seen seen) {
    if (known.heldBecause().isPresent()) {
      return Uni.createFrom().item(known.heldBecause());
    }
    List<String> differences = Restored.differences(known, seen.cluster, seen.marker, seen.witness);
    if (differences.isEmpty()) {
      return store
          .adopt(
              known.systemIdentifier().or(() -> seen.cluster), known.marker().or(() -> seen.marker))
          .replaceWith(Optional.empty());
    }
    String because = String.join("; ", differences);
    LOG.errorf(
        "the database was restored (%s): pushes wait until an operator says so, with the command"
            + " restored",
        because);
    return store.hold(because).chain(replay::begin).replaceWith(Optional.of(because));
  }

  private record Seen(
      Optional<String> cluster, Optional<String> marker, Optional<Outside.Testimony> witness) {}

  private record Answer(Optional<String> because, Instant until) {}
}
