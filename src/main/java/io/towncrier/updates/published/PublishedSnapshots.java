package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.platform.Offload;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.published.SnapshotObjects.Found;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Snapshots from what was published, which costs a request that is answered with "unchanged". While
 * it cannot be had, or is behind what this instance has written itself, the database is asked; a
 * function without one goes on with what it has.
 */
final class PublishedSnapshots implements SnapshotSource {
  private static final Logger LOG = Logger.getLogger(PublishedSnapshots.class);

  private final SnapshotObjects objects;
  private final CatalogueDocument documents;
  private final SnapshotKeys keys;
  private final Supplier<Uni<Boolean>> publish;
  private final SnapshotSource database;
  private final LongAdder refused = new LongAdder();
  private final AtomicInteger changes = new AtomicInteger();
  private volatile @Nullable Held held;
  private volatile @Nullable Look look;
  // The number of a change made here that could not be published.
  private volatile long unpublished = -1;

  PublishedSnapshots(
      SnapshotObjects objects,
      CatalogueDocument documents,
      SnapshotKeys keys,
      Supplier<Uni<Boolean>> publish,
      SnapshotSource database) {
    this.objects = objects;
    this.documents = documents;
    this.keys = keys;
    this.publish = publish;
    this.database = database;
  }

  @Override
  public Uni<CatalogueStore.Revision> revision() {
    int before = changes.get();
    look = null;
    return current()
        .invoke(now -> look = new Look(now, before))
        .map(now -> now.content.revision())
        .onFailure()
        .recoverWithUni(failure -> database.revision().onFailure().transform(both -> failure));
  }

  /** What the look before has brought is not asked for again, unless a change was made since. */
  @Override
  public Uni<CatalogueStore.Content> load() {
    Look brought = look;
    look = null;
    if (brought != null && brought.changes == changes.get()) {
      return Uni.createFrom().item(brought.held.content);
    }
    return current()
        .map(now -> now.content)
        .onFailure()
        .recoverWithUni(failure -> database.load().onFailure().transform(both -> failure));
  }

  @Override
  public Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known) {
    return Uni.createFrom().item(Optional.empty());
  }

  @Override
  public Uni<Void> changedHere() {
    return publish
        .get()
        .invoke(done -> unpublished = -1)
        .onTermination()
        .invoke(changes::incrementAndGet)
        .replaceWithVoid()
        .onFailure()
        .recoverWithUni(
            failure -> {
              LOG.errorf("the snapshot is not published yet, the tick tries again: %s", failure);
              return database.revision().invoke(r -> unpublished = r.number()).replaceWithVoid();
            });
  }

  /** When the snapshot that is held was signed. */
  Optional<Instant> signedAt() {
    return Optional.ofNullable(held).map(Held::signedAt);
  }

  /** How many were not taken since the start: not signed by us, or older than what was held. */
  long refused() {
    return refused.sum();
  }

  private Uni<Held> current() {
    Held known = held;
    return objects
        .get(Optional.ofNullable(known).map(Held::tag))
        .chain(found -> held(found, known))
        .invoke(this::requireOwnChange);
  }

  private Uni<Held> held(Found found, @Nullable Held known) {
    if (found instanceof Found.Changed changed) {
      return Offload.run(() -> take(changed, known));
    } else if (found instanceof Found.Unchanged && known != null) {
      return Uni.createFrom().item(known);
    } else if (found instanceof Found.Unchanged || found instanceof Found.Nothing) {
      return Uni.createFrom().failure(new IllegalStateException("no snapshot was published yet"));
    }
    throw new ForgottenCase(found);
  }

  private Held take(Found.Changed changed, @Nullable Held known) {
    SignedSnapshot opened =
        SignedSnapshot.open(changed.object(), keys.trusted())
            .orElseThrow(() -> refuse("is not signed by a key that is trusted here"));
    // By the moment, not by the number: a restored database counts again from an older one.
    if (known != null && opened.signedAt().isBefore(known.signedAt)) {
      throw refuse("is older than the one that is held");
    }
    Held now =
        new Held(
            changed.tag(),
            opened.signedAt(),
            known != null && known.content.revision().equals(opened.revision())
                ? known.content
                : documents.read(opened.document(), opened.revision()));
    held = now;
    return now;
  }

  private IllegalStateException refuse(String why) {
    refused.increment();
    return new IllegalStateException("the published snapshot " + why);
  }

  private void requireOwnChange(Held now) {
    if (now.content.revision().number() < unpublished) {
      throw new IllegalStateException("the published snapshot lacks a change made here");
    }
  }

  /** What a look has brought, and how many changes were made here before it. */
  private record Look(Held held, int changes) {}

  private record Held(String tag, Instant signedAt, CatalogueStore.Content content) {}
}
