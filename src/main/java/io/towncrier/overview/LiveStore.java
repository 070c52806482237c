package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.Map;

/** Reads what {@link LookAtLive} shows; the cost of a look does not grow with the fleet. */
public interface LiveStore {
  Uni<Changes> changes();

  /** Notices that have begun and are not done, the newest first. */
  Uni<List<Live.MovingNotice>> notices();

  /**
   * Where the two records of changes stand.
   *
   * @param catalogue number of the catalogue's revision
   * @param lastOf the last audit entry about each kind of thing
   */
  record Changes(long catalogue, Map<String, Long> lastOf) {
    public Changes {
      lastOf = Map.copyOf(lastOf);
    }
  }
}
