package io.towncrier.outcomes.judging;

import io.towncrier.releases.ReleaseId;

/** Shows the figures of rollouts to those who watch them. */
public interface ShowRollouts {
  /** They were just judged. */
  void judged(ReleaseId release, RolloutHealth health);
}
