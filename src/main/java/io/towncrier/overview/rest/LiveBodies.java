package io.towncrier.overview.rest;

import io.towncrier.overview.Live;
import io.towncrier.overview.MovingRollout;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.rest.Tagged;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of what moves. */
final class LiveBodies {
  private LiveBodies() {}

  /**
   * What moves and what is amiss. Its ETag stays the same while only asOf changes.
   *
   * @param topics a number for each topic: when it has grown, what a page shows of it is old
   */
  @Schema(name = "Live")
  record Shown(
      Instant asOf,
      Map<String, Long> topics,
      List<LiveNotice> notices,
      List<LiveRollout> rollouts,
      List<Alarm> alarms)
      implements Tagged {
    static Shown of(Live live) {
      return new Shown(
          live.asOf(),
          new TreeMap<>(live.topics()),
          live.notices().stream().map(LiveNotice::of).toList(),
          live.rollouts().stream().map(LiveRollout::of).toList(),
          live.alarms().stream().map(Alarm::of).toList());
    }

    @Override
    public String tag() {
      return EntityTags.of(new Shown(Instant.EPOCH, topics, notices, rollouts, alarms));
    }
  }

  /** A notice that is running or paused. */
  @Schema(name = "LiveNotice")
  record LiveNotice(
      String id,
      String kind,
      String state,
      Optional<String> haltedBecause,
      DeliveryCounts deliveries) {
    static LiveNotice of(Live.MovingNotice notice) {
      return new LiveNotice(
          notice.id(),
          notice.kind(),
          notice.paused() ? "paused" : "running",
          notice.because(),
          DeliveryCounts.of(notice.counts()));
    }
  }

  /** How far the deliveries of a notice are, from counts that are kept. */
  @Schema(name = "DeliveryCounts")
  record DeliveryCounts(
      long planned, long accepted, long suppressed, long failed, long remaining, long read) {
    static DeliveryCounts of(Live.Counts counts) {
      return new DeliveryCounts(
          counts.planned(),
          counts.accepted(),
          counts.suppressed(),
          counts.failed(),
          counts.remaining(),
          counts.read());
    }
  }

  /** A rollout that has a phase to come, or is paused or halted. */
  @Schema(name = "LiveRollout")
  record LiveRollout(
      String release,
      String state,
      int phase,
      int phaseCount,
      double percentage,
      Optional<Instant> nextPhaseAt) {
    static LiveRollout of(MovingRollout rollout) {
      return new LiveRollout(
          rollout.release().toString(),
          rollout.state().code(),
          rollout.phase(),
          rollout.phases(),
          rollout.percentage(),
          rollout.nextPhaseAt());
    }
  }

  /** Something amiss. */
  @Schema(name = "Alarm")
  record Alarm(
      String code, Optional<String> subject, Optional<Instant> since, Optional<String> because) {
    static Alarm of(Live.Alarm alarm) {
      return new Alarm(alarm.code(), alarm.subject(), alarm.since(), alarm.because());
    }
  }
}
