package io.towncrier.artifacts;

import io.smallrye.mutiny.Uni;
import io.towncrier.artifacts.HostedArtifact.State;
import io.towncrier.audit.AuditLog;
import io.towncrier.platform.Transactions;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Removes an artifact that nothing needs. The decision is committed before a byte is removed, so
 * that no release can refer to what is half gone.
 */
@ApplicationScoped
public class DeleteArtifact {
  private static final int NAMED = 5;

  private final ArtifactStore store;
  private final ArtifactHome home;
  private final ArtifactReferences references;
  private final Transactions transactions;
  private final AuditLog audit;
  private final InstantSource clock;

  DeleteArtifact(
      ArtifactStore store,
      ArtifactHome home,
      ArtifactReferences references,
      Transactions transactions,
      AuditLog audit,
      InstantSource clock) {
    this.store = store;
    this.home = home;
    this.references = references;
    this.transactions = transactions;
    this.audit = audit;
    this.clock = clock;
  }

  /** What became of a removal. */
  public sealed interface Outcome {
    /** It is gone. */
    record Deleted() implements Outcome {}

    /** These releases refer to it, and perhaps others. */
    record InUse(List<String> releases) implements Outcome {
      public InUse {
        releases = List.copyOf(releases);
      }
    }

    /** A published security release referred to it. */
    record Retained(Instant until) implements Outcome {}

    record Unknown() implements Outcome {}
  }

  /**
   * Removes it unless something needs it.
   *
   * @param actor subject of the operator, or {@link io.towncrier.audit.AuditEntry#SYSTEM}
   */
  public Uni<Outcome> run(String id, String actor) {
    return transactions
        .inTransaction(() -> decide(id, actor))
        .call(
            decided ->
                decided instanceof Outcome.Deleted ? finish(id) : Uni.createFrom().voidItem());
  }

  private Uni<Outcome> decide(String id, String actor) {
    Instant now = clock.instant();
    // The lock and the look are two statements: the second sees what was committed before the first
    // had its lock.
    return store
        .lock(id)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(new Outcome.Unknown())
                    : usesOf(found.get())
                        .map(uses -> outcome(found.get(), uses, now))
                        .call(
                            outcome ->
                                outcome instanceof Outcome.Deleted
                                    ? marked(found.get(), actor, now)
                                    : Uni.createFrom().voidItem()));
  }

  private Uni<List<String>> usesOf(HostedArtifact artifact) {
    return artifact.state() == State.READY
        ? references.to(artifact.name().sha256(), NAMED)
        : Uni.createFrom().item(List.of());
  }

  /** Pure. */
  static Outcome outcome(HostedArtifact artifact, List<String> uses, Instant now) {
    Optional<Instant> until = artifact.times().retainedUntil().filter(now::isBefore);
    if (until.isPresent()) {
      return new Outcome.Retained(until.get());
    }
    return uses.isEmpty() ? new Outcome.Deleted() : new Outcome.InUse(uses);
  }

  private Uni<Void> marked(HostedArtifact artifact, String actor, Instant now) {
    return artifact.state() == State.DELETING
        ? Uni.createFrom().voidItem()
        : store
            .move(artifact.id(), artifact.state(), State.DELETING)
            .chain(
                () -> audit.append(UploadArtifact.entry(actor, "artifact.deleted", artifact, now)));
  }

  /** Removes the bytes of what was marked; after a crash it is done again. */
  Uni<Void> finish(String id) {
    return store
        .find(id)
        .chain(
            found ->
                found.isPresent() && found.get().state() == State.DELETING
                    ? Homes.tell(() -> home.forget(found.get())).chain(() -> store.delete(id))
                    : Uni.createFrom().voidItem());
  }
}
