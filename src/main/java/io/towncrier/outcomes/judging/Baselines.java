package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.health.Figures;
import io.towncrier.releases.ReleaseId;

/**
 * The figures at which rollouts were halted. A rollout that an operator resumes is judged by what
 * has ended since: else the same figures would halt it again at once.
 */
public interface Baselines {
  /** All zero when it was never halted by its figures. */
  Uni<Figures> of(ReleaseId release);

  /** Keeps the figures, and counts failures by network anew; in a transaction of its own. */
  Uni<Void> keep(ReleaseId release, Figures figures);
}
