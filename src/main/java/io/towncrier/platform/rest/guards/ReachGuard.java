package io.towncrier.platform.rest.guards;

import io.towncrier.platform.ProblemCode;
import java.time.Instant;
import java.util.OptionalLong;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Compares how far an act reaches with what the operator was shown. */
public final class ReachGuard {
  private static final long PERCENT = 5;

  private ReachGuard() {}

  /** How many devices an act reaches at most. */
  @Schema(name = "ReachNow")
  public record ReachNow(long atMost, Instant asOf) {}

  /** Whether it is more than five percent above what was shown: pure. */
  public static boolean hasGrown(long expected, long now) {
    return now > expected + expected * PERCENT / 100;
  }

  /**
   * Lets the act go on.
   *
   * @throws io.towncrier.platform.ProblemException reach-has-grown, with the number of now
   */
  public static void check(OptionalLong expected, long now, Instant asOf) {
    if (expected.isPresent() && hasGrown(expected.getAsLong(), now)) {
      throw grown(now, asOf);
    }
  }

  /** What is answered where it reaches more. */
  public static RuntimeException grown(long now, Instant asOf) {
    return ProblemCode.REACH_HAS_GROWN
        .with(
            "Nothing was done. current.atMost is the number of devices now; look again, and send"
                + " it as expectedAtMost.")
        .withCurrent(new ReachNow(now, asOf))
        .asException();
  }
}
