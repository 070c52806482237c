package io.towncrier.delivery;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Halt;

/** Whether pushes are halted for the whole cell (docs/adr/0025). */
public interface PushHalts {
  /** What holds now; locks nothing. */
  Uni<Halt> find();

  /**
   * For a claim, before everything else that its decision rests on: a halt waits for the claim to
   * commit, or the claim sees the halt.
   */
  Uni<Halt> lockForClaim();

  /** Waits for claims that hold it. */
  Uni<Halt> lockForChange();

  /** Replaces what was locked. */
  Uni<Void> save(Halt halt);

  /**
   * Done once nothing that was claimed before is still being sent, challenges among it.
   *
   * @param exceptSecurity whether what is about security may be
   */
  Uni<Void> awaitNothingInFlight(boolean exceptSecurity);
}
