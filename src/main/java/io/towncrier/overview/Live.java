package io.towncrier.overview;

import io.towncrier.platform.rest.health.HealthAlarms;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What moves and what is amiss, at one moment.
 *
 * @param topics a number for each topic, which grows whenever something about it was changed
 */
public record Live(
    Instant asOf,
    Map<String, Long> topics,
    List<MovingNotice> notices,
    List<MovingRollout> rollouts,
    List<Alarm> alarms) {
  public Live {
    notices = List.copyOf(notices);
    rollouts = List.copyOf(rollouts);
    alarms = List.copyOf(alarms);
  }

  /** Whether something changes by itself, so that it is worth to look again soon. */
  public boolean moves() {
    return notices.stream().anyMatch(MovingNotice::moves)
        || rollouts.stream().anyMatch(MovingRollout::moves);
  }

  /**
   * A notice that has begun and is not done. The numbers are deliveries.
   *
   * @param because why its pushes are halted
   */
  public record MovingNotice(
      String id, String kind, boolean paused, Optional<String> because, Counts counts) {
    boolean moves() {
      return !paused && because.isEmpty();
    }
  }

  /**
   * How far the deliveries of a notice are.
   *
   * @param accepted by the push service; not the same as seen
   * @param failed given up
   * @param remaining what waits or is being sent
   * @param read of them in an inbox
   */
  public record Counts(
      long planned, long accepted, long suppressed, long failed, long remaining, long read) {
    /** Nothing is planned. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0);
  }

  /** Something that an operator should see, wherever he or she is. */
  public record Alarm(
      String code, Optional<String> subject, Optional<Instant> since, Optional<String> because) {
    static Alarm of(HealthAlarms.Alarm health) {
      return new Alarm(health.code(), Optional.empty(), Optional.empty(), health.because());
    }
  }
}
