package io.towncrier.privacy.rotation;

import io.smallrye.mutiny.Uni;
import io.towncrier.audit.HeadBook;
import io.towncrier.privacy.Place;
import io.towncrier.privacy.keys.HashForm;
import io.towncrier.privacy.keys.LiveKeys;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import io.towncrier.privacy.rotation.RotationStore.Kept;
import io.towncrier.privacy.rotation.RotationStore.Resealed;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Seals a page of rows anew, and counts what only their owners can renew. */
@ApplicationScoped
class ResealPage {
  private static final Logger LOG = Logger.getLogger(ResealPage.class);
  static final int ROWS = 500;

  private final RotationStore store;
  private final LiveKeys live;
  private final HeadBook heads;

  ResealPage(RotationStore store, LiveKeys live, HeadBook heads) {
    this.store = store;
    this.live = live;
    this.heads = heads;
  }

  /** What the former keys have signed outside of the database, just before they end. */
  Uni<Void> signAnew() {
    return heads.signAnew();
  }

  /** Within a transaction that holds the rotation. */
  Uni<Page> run(Rotation rotation) {
    Rotation.Walk walk = rotation.walk();
    return store.page(walk, ROWS).chain(rows -> reseal(rotation, walk.table(), rows));
  }

  private Uni<Page> reseal(Rotation rotation, Rotation.Table table, List<Kept> rows) {
    VersionKeys former = live.of(rotation.former()).orElseThrow();
    VersionKeys next = live.of(rotation.next()).orElseThrow();
    List<Resealed> fresh = new ArrayList<>();
    long closed = 0;
    for (Kept row : rows) {
      if (row.sealed().map(SealedForm::version).orElse(0) == former.version()) {
        Optional<Resealed> resealed = reseal(place(table, row.place()), row, former, next);
        resealed.ifPresent(fresh::add);
        closed += resealed.isPresent() ? 0 : 1;
      }
    }
    if (closed > 0) {
      LOG.errorf("%d sealed values of %s do not open, and are left", closed, table);
    }
    long hashed =
        rows.stream()
            .flatMap(row -> row.hashes().stream())
            .filter(hash -> HashForm.version(hash) == former.version())
            .count();
    boolean last = rows.size() < ROWS;
    Optional<String> at = last ? Optional.empty() : Optional.of(rows.get(rows.size() - 1).id());
    return store
        .reseal(table, fresh)
        .map(
            done ->
                new Page(
                    rotation.walked(table, at, done, fresh.size() - done, hashed),
                    last && table == Rotation.Table.DEVICE));
  }

  /** Empty for one that does not open: it is of no use already, and keeps no key alive. */
  private static Optional<Resealed> reseal(
      Place place, Kept row, VersionKeys former, VersionKeys next) {
    byte[] was = row.sealed().orElseThrow();
    try {
      byte[] plain = former.open(was, place.associated());
      String value = new String(plain, StandardCharsets.UTF_8);
      return Optional.of(
          new Resealed(
              row.id(),
              was,
              next.seal(plain, place.associated()),
              row.index().orElse(new byte[0]),
              next.mac(row.purpose(), value)));
    } catch (GeneralSecurityException closed) {
      return Optional.empty();
    }
  }

  static Place place(Rotation.Table table, String id) {
    return switch (table) {
      case ACCOUNT, CANCELLED -> new Place("account", "subject_sealed", id);
      case RECEIPT -> new Place("erasure", "receipt_sealed", id);
      case AT_PROCESSOR, PUSH_ADDRESS, DEVICE -> new Place("device", "push_sealed", id);
    };
  }

  /** What became of it. */
  record Page(Rotation rotation, boolean isLast) {}
}
