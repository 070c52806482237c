package io.towncrier.updates.published;

import io.quarkus.arc.DefaultBean;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The plain server has a database, and nowhere to publish to. */
@DefaultBean
@ApplicationScoped
class NoObjects implements SnapshotObjects {
  @Override
  public Uni<Found> get(Optional<String> known) {
    return Uni.createFrom().item(new Found.Nothing());
  }

  @Override
  public Uni<Boolean> put(byte[] object, Optional<String> replaced) {
    return Uni.createFrom().failure(new IllegalStateException("only functions publish snapshots"));
  }
}
