package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Reads what is begun and what is planned. */
public interface PlansStore {
  /** Drafts of notices and releases, the newest first, so many at most of each kind. */
  Uni<List<Waiting>> waiting(int limit);

  /** Scheduled notices and ends of support, in the order of their moments. */
  Uni<List<Upcoming>> planned(Instant from, Instant until, int limit);

  /** Number of the catalogue's revision. */
  Uni<Long> catalogue();
}
