package io.towncrier.updates.rest;

import io.towncrier.platform.InputReader;
import io.towncrier.platform.time.Moments;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Phase;
import io.towncrier.updates.preview.SimulateChange.Steered;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Hypotheses about releases that are out, or that were. */
final class SteeredBody {
  private static final double BUCKETS_PER_PERCENT = Bucket.COUNT / 100.0;
  private static final int MOST_PHASES = 100;

  private SteeredBody() {}

  /** Other phases of a release. */
  @Schema(name = "TriedPhases")
  record TriedPhases(@Nullable String release, @Nullable List<@Nullable TriedPhase> phases) {}

  /** One of them. */
  @Schema(name = "TriedPhase")
  record TriedPhase(@Nullable Double percentage, @Nullable String start, @Nullable String soak) {}

  /** What is done to a release that is named alone; a defect is noted. */
  static List<Steered> act(
      InputReader input, String member, @Nullable String release, Steered.Act act) {
    input.notEmpty(member, release);
    return input
        .parsed(member, release, ReleaseId::parse, "must be product:version")
        .map(id -> new Steered(id, act, List.of()))
        .stream()
        .toList();
  }

  /** New phases, if they are given; a defect is noted. */
  static List<Steered> phases(InputReader input, @Nullable TriedPhases given) {
    if (given == null) {
      return List.of();
    }
    String release = input.text("phases.release", given.release(), 200);
    Optional<ReleaseId> id =
        input.parsed("phases.release", release, ReleaseId::parse, "must be product:version");
    List<@Nullable TriedPhase> tried = given.phases() == null ? List.of() : given.phases();
    if (tried.size() > MOST_PHASES) {
      input.reject("phases.phases", "must be at most " + MOST_PHASES);
      return List.of();
    }
    List<Phase> phases = new ArrayList<>();
    int before = 0;
    for (int i = 0; i < tried.size(); i++) {
      Optional<Phase> phase = phase(input, "phases.phases[" + i + "]", tried.get(i));
      if (phase.isPresent() && phase.get().buckets() < before) {
        input.reject("phases.phases[" + i + "].percentage", "must not be below the one before");
      }
      before = phase.map(Phase::buckets).orElse(before);
      phase.ifPresent(phases::add);
    }
    return input.errorCount() > 0
        ? List.of()
        : id.map(named -> new Steered(named, Steered.Act.PHASES, phases)).stream().toList();
  }

  private static Optional<Phase> phase(
      InputReader input, String place, @Nullable TriedPhase given) {
    Double percentage = given == null ? null : given.percentage();
    if (given == null || percentage == null || !(percentage >= 0 && percentage <= 100)) {
      input.reject(place + ".percentage", "must be from 0 to 100");
      return Optional.empty();
    }
    Optional<Instant> start = Moments.read(input, place + ".start", given.start());
    Optional<Duration> soak =
        input.parsed(
            place + ".soak", given.soak(), SteeredBody::duration, "must be a time such as PT24H");
    return Optional.of(
        new Phase(
            (int) Math.round(percentage * BUCKETS_PER_PERCENT), start, soak.orElse(Duration.ZERO)));
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(Duration.parse(text)).filter(time -> !time.isNegative());
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }
}
