package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Offload;
import io.towncrier.platform.ProblemCode;
import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.snapshots.SnapshotSource;
import java.time.Duration;
import java.util.Optional;

/**
 * Snapshots from the database; the first one from the file that the server has kept, where that is
 * the newest or the database is away. Without one a check is told to come again.
 */
final class StoreOrKept implements SnapshotSource {
  // A request is answered within five seconds. A catalogue that takes longer is loaded in peace
  // once
  // something is there to answer from.
  private static final Duration FIRST_LOAD = Duration.ofSeconds(4);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(10);
  // The file has no drafts: once the database is there, everything is loaded, whatever has changed.
  private static final long OF_NO_CHANGE = -1;

  private final SnapshotSource database;
  private final KeptSnapshot kept;
  private volatile boolean loaded;

  StoreOrKept(SnapshotSource database, KeptSnapshot kept) {
    this.database = database;
    this.kept = kept;
  }

  @Override
  public Uni<CatalogueStore.Revision> revision() {
    return database.revision();
  }

  @Override
  public Uni<CatalogueStore.Content> load() {
    if (loaded) {
      return database.load();
    }
    return keptOrStored()
        .ifNoItem()
        .after(FIRST_LOAD)
        .fail()
        .onItemOrFailure()
        .transformToUni(
            (content, away) -> away == null ? Uni.createFrom().item(content) : fromFile())
        .invoke(content -> loaded = true);
  }

  @Override
  public Uni<Optional<CatalogueStore.Content>> changesSince(CatalogueStore.Revision known) {
    return database.changesSince(known);
  }

  @Override
  public Uni<Void> changedHere() {
    return database.changedHere();
  }

  /** Where nothing has changed since the last start, its file is read in a fraction of the time. */
  private Uni<CatalogueStore.Content> keptOrStored() {
    return database
        .revision()
        .chain(newest -> Offload.run(() -> kept.readIf(newest)))
        .chain(found -> found.isPresent() ? Uni.createFrom().item(found.get()) : database.load());
  }

  private Uni<CatalogueStore.Content> fromFile() {
    return Offload.run(kept::read)
        .map(
            content ->
                content
                    .map(StoreOrKept::toBeLoadedAgain)
                    .orElseThrow(
                        () ->
                            ProblemCode.DATABASE_UNAVAILABLE
                                .with(
                                    "No catalogue was kept from an earlier start. Send the request again later.")
                                .asException(RETRY_AFTER)));
  }

  /** With the id, which is in every answer. */
  private static CatalogueStore.Content toBeLoadedAgain(CatalogueStore.Content kept) {
    return new CatalogueStore.Content(
        new CatalogueStore.Revision(kept.revision().id(), OF_NO_CHANGE),
        kept.channels(),
        kept.products());
  }
}
