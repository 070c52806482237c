package io.towncrier.releases.phases;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.ReleaseId;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Keeps what other systems know about each rollout; one that is published anew is another one. */
public interface ToldPhases {
  Uni<Map<ReleaseId, Told>> all();

  /** Whether a later phase was not told before: of two processes one is first. */
  Uni<Boolean> advance(ReleaseId id, Instant published, int phase);

  /** Whether the end was not told before. The rollout is kept already. */
  Uni<Boolean> finish(ReleaseId id, Instant published);

  /**
   * What other systems know about a rollout.
   *
   * @param phase the last one, from 0
   * @param done whether its end was told
   * @param published when it began; empty where an earlier version kept none
   */
  record Told(int phase, boolean done, Optional<Instant> published) {
    /** Whether they know that this phase has begun, and that it is the end where it is the last. */
    boolean has(int begun, boolean isLast) {
      return phase >= begun && (done || !isLast);
    }
  }
}
