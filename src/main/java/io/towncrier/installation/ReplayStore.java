package io.towncrier.installation;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Keeps how far the ledger was replayed into a restored database. */
public interface ReplayStore {
  Uni<Replay> find();

  /** Locked until the transaction ends; empty when another process has it. */
  Uni<Optional<Replay>> lock();

  /** The database was restored: from now on a replay is due, from the beginning. */
  Uni<Void> begin();

  Uni<Void> save(Replay replay);

  /**
   * A replay.
   *
   * @param due whether it has not come to its end
   * @param kind what is walked; empty text before the first
   * @param after the last id that was looked at
   * @param erased how many were erased again
   */
  record Replay(boolean due, String kind, String after, long erased) {}
}
