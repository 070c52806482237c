package io.towncrier.outcomes.rest;

import io.towncrier.audit.AuditLog;
import io.towncrier.outcomes.health.Figures;
import io.towncrier.outcomes.health.JudgeRollout;
import io.towncrier.outcomes.health.Wilson;
import io.towncrier.outcomes.judging.RolloutHealth;
import io.towncrier.outcomes.state.Mark;
import io.towncrier.platform.Page;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.releases.rollout.Rollout;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How far devices have come with a release.
 *
 * @param promotion who lets the next phase begin
 * @param phase in force, from 0; left out before the first
 * @param notOffered devices that report an update that the server did not offer them
 * @param verdict halt, promote, or why it waits
 * @param alerts what an operator should look at
 */
@Schema(name = "RolloutProgress")
record ProgressBody(
    @Schema(required = true) String release,
    @Schema(required = true) String state,
    @Schema(required = true) String promotion,
    Optional<Integer> phase,
    @Schema(required = true) List<PhaseProgress> phases,
    @Schema(required = true) Counters notOffered,
    @Schema(required = true) Rate rate,
    @Schema(required = true) String verdict,
    @Schema(required = true) List<String> alerts,
    @Schema(required = true) Instant asOf) {
  private static final double PERCENT = 100;

  static ProgressBody of(
      ReleaseStore.Stored stored, RolloutHealth health, long registered, Instant now) {
    Release release = stored.release();
    Rollout rollout = release.rollout();
    int phase = rollout.phaseAt(now, release.publishedAt());
    return new ProgressBody(
        stored.id().toString(),
        rollout.state().code(),
        rollout.advance().by().code(),
        phase < 0 ? Optional.empty() : Optional.of(phase),
        phases(rollout, health, registered),
        Counters.of(Figures.of(health.counters(), place -> place.phase() < 0)),
        Rate.of(health),
        health.verdict().code(),
        alerts(health),
        now);
  }

  private static List<PhaseProgress> phases(
      Rollout rollout, RolloutHealth health, long registered) {
    List<Phase> phases =
        rollout.phases().isEmpty()
            ? List.of(new Phase(Bucket.COUNT, Optional.empty(), Duration.ZERO))
            : rollout.phases();
    List<PhaseProgress> all = new ArrayList<>();
    for (int i = 0; i < phases.size(); i++) {
      int phase = i;
      long before = i == 0 ? 0 : phases.get(i - 1).buckets();
      all.add(
          new PhaseProgress(
              i,
              phases.get(i).buckets() / PERCENT,
              registered * (phases.get(i).buckets() - before) / Bucket.COUNT,
              Counters.of(Figures.of(health.counters(), p -> p.phase() == phase && p.counted())),
              Counters.of(Figures.of(health.counters(), p -> p.phase() == phase && !p.counted()))));
    }
    return all;
  }

  private static List<String> alerts(RolloutHealth health) {
    List<String> alerts = new ArrayList<>();
    if (health.uncounted()) {
      alerts.add("uncounted-devices-fail");
    }
    if (JudgeRollout.downloadsFail(health.judged(), health.thresholds())) {
      alerts.add("downloads-fail");
    }
    return alerts;
  }

  /**
   * A phase.
   *
   * @param addressed about how many of the registered devices of the product it adds
   */
  @Schema(name = "PhaseProgress")
  record PhaseProgress(
      @Schema(required = true) int phase,
      @Schema(required = true) double percentage,
      @Schema(required = true) long addressed,
      @Schema(required = true) Counters counted,
      @Schema(required = true) Counters uncounted) {}

  /** How many devices have come how far; each ends in one of the last nine, or is under way. */
  @Schema(name = "RolloutCounters")
  record Counters(
      @Schema(required = true) long offered,
      @Schema(required = true) long started,
      @Schema(required = true) long soaking,
      @Schema(required = true) long confirmed,
      @Schema(required = true) long downloadFailed,
      @Schema(required = true) long installFailed,
      @Schema(required = true) long rolledBack,
      @Schema(required = true) long lost,
      @Schema(required = true) long silent,
      @Schema(required = true) long unconfirmed,
      @Schema(required = true) long rejected,
      @Schema(required = true) long postponed) {
    static Counters of(Figures f) {
      return new Counters(
          f.offered(),
          f.started(),
          f.soaking(),
          f.of(Mark.CONFIRMED),
          f.of(Mark.DOWNLOAD_FAILED),
          f.of(Mark.INSTALL_FAILED),
          f.of(Mark.ROLLED_BACK),
          f.of(Mark.LOST),
          f.of(Mark.SILENT),
          f.of(Mark.UNCONFIRMED),
          f.of(Mark.REJECTED),
          f.of(Mark.POSTPONED));
    }
  }

  /**
   * What is judged, since the rollout was halted last.
   *
   * @param failures that count: no network gives more than a tenth of them
   * @param judged failures and confirmed devices
   * @param percent of failures
   * @param lowerBound below which the true share hardly lies, in percent; devices that soak are no
   *     failures here
   */
  @Schema(name = "RolloutRate")
  record Rate(
      @Schema(required = true) long failures,
      @Schema(required = true) long judged,
      @Schema(required = true) double percent,
      @Schema(required = true) double lowerBound,
      @Schema(required = true) double threshold,
      @Schema(required = true) long minimum) {
    static Rate of(RolloutHealth health) {
      long judged = health.failures() + health.judged().of(Mark.CONFIRMED);
      return new Rate(
          health.failures(),
          judged,
          judged == 0 ? 0 : PolicyBody.percent((double) health.failures() / judged),
          PolicyBody.percent(
              Wilson.lowerBound(health.failures(), judged + health.judged().soaking())),
          PolicyBody.percent(health.thresholds().failures()),
          health.thresholds().minimum());
    }
  }

  /** A page of what happened to a release. */
  @Schema(name = "RolloutTimeline")
  record RolloutTimeline(
      @Schema(required = true) List<Happened> items,
      Optional<String> next,
      @Schema(required = true) String total) {
    static RolloutTimeline of(Page<AuditLog.Stored> page) {
      return new RolloutTimeline(
          page.items(Happened::of), page.next(last -> Long.toString(last.number())), page.total());
    }
  }

  /** An entry of a rollout timeline. */
  @Schema(name = "RolloutEvent")
  record Happened(
      @Schema(required = true) long number,
      @Schema(required = true) Instant at,
      @Schema(required = true) String actor,
      @Schema(required = true) String action,
      @Schema(required = true) String detail) {
    static Happened of(AuditLog.Stored stored) {
      return new Happened(
          stored.number(),
          stored.entry().at(),
          stored.entry().actor(),
          stored.entry().action(),
          stored.entry().detail());
    }
  }
}
