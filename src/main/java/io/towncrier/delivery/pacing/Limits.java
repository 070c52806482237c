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

  double perSecond() {
    return perMinute / SECONDS;
  }
}
