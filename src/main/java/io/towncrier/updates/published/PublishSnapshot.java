package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.platform.build.BuiltFrom;
import io.towncrier.releases.CatalogueDocument;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.releases.Release;
import io.towncrier.updates.published.SnapshotObjects.Found;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.PrivateKey;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** Writes the snapshot that functions without a database answer from. */
@ApplicationScoped
public class PublishSnapshot {
  private static final Logger LOG = Logger.getLogger(PublishSnapshot.class);
  private static final int TRIES = 5;

  private final CatalogueStore store;
  private final CatalogueDocument documents;
  private final SnapshotObjects objects;
  private final SnapshotKeys keys;
  private final SnapshotConfig config;
  private final InstantSource clock;

  PublishSnapshot(
      CatalogueStore store,
      CatalogueDocument documents,
      SnapshotObjects objects,
      SnapshotKeys keys,
      SnapshotConfig config,
      InstantSource clock) {
    this.store = store;
    this.documents = documents;
    this.objects = objects;
    this.keys = keys;
    this.config = config;
    this.clock = clock;
  }

  /**
   * Makes what is published the newest there is. Of several at once the last one writes; none can
   * put an older one over a newer one, as each writes only over what it has seen before it read the
   * catalogue.
   *
   * @return whether anything was written; nothing is by who may not publish, or has nowhere to
   */
  public Uni<Boolean> run() {
    if (config.bucket().isEmpty() || config.signingKey().isEmpty()) {
      return Uni.createFrom().item(false);
    }
    return write(TRIES);
  }

  private Uni<Boolean> write(int tries) {
    return objects
        .get(Optional.empty())
        .chain(
            found ->
                store
                    .revision()
                    .chain(
                        newest ->
                            isCurrent(found, newest)
                                ? Uni.createFrom().item(false)
                                : replace(found).chain(done -> done ? told() : again(tries))));
  }

  private Uni<Boolean> again(int tries) {
    return tries > 1
        ? write(tries - 1)
        : Uni.createFrom()
            .failure(new IllegalStateException("others write the snapshot all the time"));
  }

  private Uni<Boolean> told() {
    LOG.info("the snapshot was published");
    return Uni.createFrom().item(true);
  }

  private boolean isCurrent(Found found, CatalogueStore.Revision newest) {
    return found instanceof Found.Changed there
        && SignedSnapshot.open(there.object(), keys.trusted())
            .filter(snapshot -> snapshot.revision().equals(newest))
            .filter(s -> s.signedAt().plus(config.renewAfter()).isAfter(clock.instant()))
            .isPresent();
  }

  private Uni<Boolean> replace(Found found) {
    Optional<String> replaced =
        found instanceof Found.Changed there ? Optional.of(there.tag()) : Optional.empty();
    return store
        .load()
        .chain(content -> Offload.run(() -> sealed(content, moment(found))))
        .chain(object -> objects.put(object, replaced));
  }

  // Later than the one before, whose writer's clock may be ahead of ours: readers take nothing
  // that was signed before what they hold.
  private Instant moment(Found found) {
    Instant now = clock.instant();
    Optional<SignedSnapshot> before =
        found instanceof Found.Changed there
            ? SignedSnapshot.open(there.object(), keys.trusted())
            : Optional.empty();
    return before
        .map(snapshot -> snapshot.signedAt().plusMillis(1))
        .filter(now::isBefore)
        .orElse(now);
  }

  private byte[] sealed(CatalogueStore.Content content, Instant now) {
    PrivateKey key = keys.signing().orElseThrow();
    byte[] document = documents.write(withoutDrafts(content));
    return new SignedSnapshot(content.revision(), now, BuiltFrom.commit(), document).sealed(key);
  }

  /** What nobody is offered yet is nobody's to read. */
  static CatalogueStore.Content withoutDrafts(CatalogueStore.Content content) {
    return new CatalogueStore.Content(
        content.revision(),
        content.channels(),
        content.products().entrySet().stream()
            .collect(
                Collectors.toMap(
                    e -> e.getKey(),
                    e ->
                        e.getValue().stream()
                            .filter(r -> r.state() != Release.State.DRAFT)
                            .toList())),
        content.halt());
  }
}
