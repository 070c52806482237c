package io.towncrier.notices.rest;

import io.towncrier.notices.counts.LadderProgress;
import io.towncrier.notices.explain.DeliveryTraces;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of how far pushes came. */
final class LadderBodies {
  private LadderBodies() {}

  /** How many pushes took a step. */
  @Schema(name = "LadderStep")
  record Step(String step, long devices, List<SaidBy> saidBy) {
    static List<Step> of(LadderProgress progress) {
      return progress.steps().stream()
          .map(
              step ->
                  new Step(
                      step.step(),
                      step.devices(),
                      step.saidBy().stream()
                          .map(said -> new SaidBy(said.source().code(), said.devices()))
                          .toList()))
          .toList();
    }
  }

  /** Of how many of them somebody was the first to say so. */
  @Schema(name = "LadderSaidBy")
  record SaidBy(String source, long devices) {}

  /** Why pushes were not shown. */
  @Schema(name = "LadderDropped")
  record Dropped(String reason, long devices) {
    static List<Dropped> of(LadderProgress progress) {
      return progress.dropped().entrySet().stream()
          .map(reason -> new Dropped(reason.getKey(), reason.getValue()))
          .toList();
    }
  }

  /** How soon pushes were shown. */
  @Schema(name = "ShownWithin")
  record ShownWithin(long reached, List<Mark> marks) {
    static ShownWithin of(LadderProgress progress) {
      return new ShownWithin(
          progress.reached(),
          progress.marks().stream()
              .map(mark -> new Mark(mark.mark().seconds(), mark.devices(), mark.share()))
              .toList());
    }
  }

  /** How many were shown within a time. */
  @Schema(name = "ShownWithinMark")
  record Mark(long seconds, long devices, Optional<Double> share) {}

  /** A step of one push. */
  @Schema(name = "ExplainedStep")
  record Taken(String step, String source, Instant at, Optional<String> reason) {
    static List<Taken> of(DeliveryTraces.Trace trace) {
      return trace.steps().stream()
          .map(
              step -> new Taken(step.step().code(), step.source().code(), step.at(), step.reason()))
          .toList();
    }
  }
}
