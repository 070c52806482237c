package io.towncrier.releases.phases;

import io.smallrye.mutiny.Uni;
import io.towncrier.releases.ReleaseId;
import java.util.Map;

/** Keeps which phase of a rollout was told last. */
public interface ToldPhases {
  /** The last phase of each release, from 0. */
  Uni<Map<ReleaseId, Integer>> all();

  /** Whether a later one was not told before: of two processes one is first. */
  Uni<Boolean> advance(ReleaseId id, int phase);
}
