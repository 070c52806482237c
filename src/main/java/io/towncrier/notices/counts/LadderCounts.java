package io.towncrier.notices.counts;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Reads how far the pushes of a notice came, from counts; no delivery is looked at. */
public interface LadderCounts {
  Uni<Ladder> ladder(String notice);

  /**
   * How far the pushes of a notice came.
   *
   * @param accepted pushes that their providers have accepted
   * @param read how many were read in a list
   * @param counts of the steps beyond
   */
  record Ladder(long accepted, long read, List<Count> counts) {
    public Ladder {
      counts = List.copyOf(counts);
    }
  }

  /** Pushes that are counted alike, as {@link io.towncrier.delivery.ladder.StepCount} says. */
  record Count(String axis, String value, String state, long devices) {}
}
