package io.towncrier.delivery.ladder;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Takes what is said of pushes after they were accepted: the one way to record a step. */
public interface Ladder {
  /** So many steps are taken at once; what is beyond is {@link Verdict#TOO_MANY}. */
  int MOST = 200;

  /**
   * Records what is true and new, with two statements for all of them together; saying it again
   * changes nothing.
   *
   * @param reported in the order in which it happened, of any devices
   * @return a verdict for each, in the same order
   */
  Uni<List<Verdict>> take(List<ReportedStep> reported);
}
