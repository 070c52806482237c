package io.towncrier.delivery.pacing;

import java.time.Duration;

/**
 * How fast a provider may be sent to.
 *
 * @param perMinute its quota
 * @param urgentShare of the quota that is kept for what is urgent; from 0 to below 1
 * @param rampUp in which the pace grows to the quota, after a pause or when it was exceeded
 */
public record Limits(long perMinute, double urgentShare, Duration rampUp) {
  private static final double SECONDS = 60;
  private static final Duration CHALLENGES_RAMP = Duration.ofSeconds(1);
  private static final long HUNDREDTH = 100;
  private static final long QUARTER = 4;
  private static final long ENOUGH = 600;

  public Limits {
    if (perMinute < 1) {
      throw new IllegalArgumentException("a quota is at least one push a minute");
    }
    if (!(urgentShare >= 0 && urgentShare < 1)) {
      throw new IllegalArgumentException("a share is from 0 to below 1");
    }
    if (rampUp.isNegative() || rampUp.isZero()) {
      throw new IllegalArgumentException("a ramp takes time");
    }
  }

  /** Of what is pushed for notices: all of a quota but what challenges have. */
  public static Limits ofNotices(long quotaPerMinute, double urgentShare, Duration rampUp) {
    return new Limits(
        Math.max(1, quotaPerMinute - challenges(quotaPerMinute)), urgentShare, rampUp);
  }

  /** Of challenges, which strangers cause. */
  public static Limits ofChallenges(long quotaPerMinute) {
    return new Limits(challenges(quotaPerMinute), 0, CHALLENGES_RAMP);
  }

  // A hundredth; of a small quota more, or a single phone would wait for minutes.
  private static long challenges(long quota) {
    return Math.max(1, Math.max(quota / HUNDREDTH, Math.min(ENOUGH, quota / QUARTER)));
  }

  double perSecond() {
    return perMinute / SECONDS;
  }
}
