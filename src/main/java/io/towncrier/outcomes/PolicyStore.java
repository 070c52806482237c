package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.health.Thresholds;
import io.towncrier.outcomes.state.OutcomePolicy;
import io.towncrier.releases.ReleaseId;
import java.util.Optional;

/** Keeps how attempts and rollouts are judged: what a product sets, and a single release of it. */
public interface PolicyStore {
  /** How attempts are judged: the release's own settings, then its product's, then the defaults. */
  Uni<OutcomePolicy> of(ReleaseId release);

  /** By what a rollout is judged, in the same order. */
  Uni<Thresholds> thresholds(ReleaseId release);

  /**
   * What was set, without defaults.
   *
   * @param version of a release; empty for the product itself
   */
  Uni<Stored> settings(String product, Optional<String> version);

  /**
   * Replaces what was set, in the current transaction.
   *
   * @param revision that the caller has seen; 0 when nothing was set
   * @return whether it still was the newest
   */
  Uni<Boolean> set(
      String product, Optional<String> version, OutcomeSettings settings, int revision);

  /**
   * Settings as they are stored.
   *
   * @param revision 0 when nothing was set
   */
  record Stored(OutcomeSettings settings, int revision) {}
}
