package io.towncrier.notices.schedule;

import io.towncrier.delivery.pacing.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * How long the pushes of a notice take: until the last device is due, or as the quota lets them.
 */
public final class ExpectedTime {
  private static final double FIRST_PACE = 0.1;
  private static final double SECONDS = 60;

  private ExpectedTime() {}

  /** In whole seconds, rounded up. */
  public static long seconds(
      long pushes, boolean urgent, DueTimes due, Limits limits, Instant now) {
    double untilLast = seconds(now, due.last());
    // The pace grows again with the first push, which may have to be waited for.
    double sending = pushes == 0 ? 0 : seconds(now, due.first()) + sending(pushes, urgent, limits);
    return (long) Math.ceil(Math.max(untilLast, sending));
  }

  /** The pace grows from a tenth; what is kept for urgent pushes is not for the others. */
  private static double sending(long pushes, boolean urgent, Limits limits) {
    double full = limits.perMinute() / SECONDS * (urgent ? 1 : 1 - limits.urgentShare());
    double ramp = limits.rampUp().toMillis() / 1000.0;
    double slope = (1 - FIRST_PACE) / ramp;
    double inRamp = full * ramp * (1 + FIRST_PACE) / 2;
    if (pushes >= inRamp) {
      return ramp + (pushes - inRamp) / full;
    }
    // pushes = full * (first * t + slope * t * t / 2)
    double wanted = pushes / full;
    return (Math.sqrt(FIRST_PACE * FIRST_PACE + 2 * slope * wanted) - FIRST_PACE) / slope;
  }

  private static double seconds(Instant now, Optional<Instant> then) {
    long millis = then.map(moment -> Duration.between(now, moment).toMillis()).orElse(0L);
    return Math.max(0, millis / 1000.0);
  }
}
