package io.towncrier.outcomes.health;

import io.towncrier.outcomes.health.Verdict.Reason;
import io.towncrier.outcomes.state.Mark;
import java.util.List;
import java.util.Locale;

/** Judges a rollout by its figures: no I/O, no clock. */
public final class JudgeRollout {
  private static final double ENDED_SHARE = 0.8;

  private JudgeRollout() {}

  /**
   * Judges.
   *
   * @param counted of all phases together, of devices whose reports count
   * @param byNetwork failures of networks, the most first
   * @param soaked whether the phase in force has run for its soak
   */
  public static Verdict of(
      Figures counted, List<Long> byNetwork, Thresholds thresholds, boolean soaked) {
    long failures = Figures.capped(counted.failures(), byNetwork);
    long judged = failures + counted.of(Mark.CONFIRMED);
    // Failures come within an hour, confirmations a day later: without those that soak, the first
    // hours of each phase would look like a disaster.
    long seen = judged + counted.soaking();
    double bound = Wilson.lowerBound(failures, seen);
    String told = told(counted, failures, seen, bound, thresholds);
    if (seen >= thresholds.minimum() && bound > thresholds.failures()) {
      return new Verdict.Halt(told);
    }
    if (!soaked) {
      return new Verdict.Wait(Reason.SOAKING);
    }
    if (judged < thresholds.minimum()) {
      return new Verdict.Wait(Reason.TOO_FEW_ENDED);
    }
    if (counted.ended() < ENDED_SHARE * counted.started()) {
      return new Verdict.Wait(Reason.TOO_MANY_UNDER_WAY);
    }
    if (failures > thresholds.failures() * judged) {
      return new Verdict.Wait(Reason.TOO_MANY_FAILED);
    }
    return downloadsFail(counted, thresholds)
        ? new Verdict.Wait(Reason.TOO_MANY_DOWNLOADS_FAILED)
        : new Verdict.Promote(told);
  }

  /** Whether downloads fail more often than they may: it halts nothing. */
  public static boolean downloadsFail(Figures figures, Thresholds thresholds) {
    long failed = figures.of(Mark.DOWNLOAD_FAILED);
    return figures.ended() >= thresholds.minimum()
        && failed > thresholds.downloads() * figures.ended();
  }

  private static String told(
      Figures figures, long failures, long seen, double bound, Thresholds thresholds) {
    return String.format(
        Locale.ROOT,
        "%d of %d failed (%.2f %%, at least %.2f %%; threshold %.2f %%): %s",
        failures,
        seen,
        percent(seen == 0 ? 0 : (double) failures / seen),
        percent(bound),
        percent(thresholds.failures()),
        figures.told());
  }

  private static double percent(double share) {
    return 100 * share;
  }
}
