package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Where a replay stands, in memory. */
final class FakeReplay implements ReplayStore {
  Replay kept = new Replay(false, "", "", 0);

  @Override
  public Uni<Replay> find() {
    return Uni.createFrom().item(() -> kept);
  }

  @Override
  public Uni<Optional<Replay>> lock() {
    return Uni.createFrom().item(() -> Optional.of(kept));
  }

  @Override
  public Uni<Void> begin() {
    kept = new Replay(true, "", "", 0);
    return Uni.createFrom().voidItem();
  }

  @Override
  public Uni<Void> save(Replay replay) {
    kept = replay;
    return Uni.createFrom().voidItem();
  }
}
