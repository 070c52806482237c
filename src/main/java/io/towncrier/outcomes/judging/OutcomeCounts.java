package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.releases.ReleaseId;
import java.util.List;
import java.util.Map;

/** The counters of releases: kept as attempts are written, never counted at a look. */
public interface OutcomeCounts {
  /** Every counter of a release that is not zero, exact as of now. */
  Uni<Map<Tally.Place, Long>> of(ReleaseId release);

  /**
   * How many failures the networks with the most of them gave; the most first, at most a hundred.
   */
  Uni<List<Long>> failuresByNetwork(ReleaseId release);

  /**
   * Moves changes into the counters, in the current transaction.
   *
   * @return how many were moved
   */
  Uni<Long> fold(int limit);
}
