package io.towncrier.delivery.ladder;

import io.towncrier.delivery.ladder.Rungs.Told;
import java.time.Duration;
import java.time.Instant;

/** Decides what follows from a reported step: pure. The table says which rung. */
final class Climb {
  /** How far the clock of who reports may be wrong. */
  static final Duration SKEW = Duration.ofMinutes(5);

  private final StepTable table;
  private final Duration kept;

  /** Of deliveries whose steps are kept for so long after they were accepted. */
  Climb(StepTable table, Duration kept) {
    this.table = table;
    this.kept = kept;
  }

  Climbed climb(Rungs rungs, ReportedStep said, Instant now) {
    if (!table.maySay(said.source(), said.step())) {
      return new Climbed(Verdict.NOT_ASKED, rungs);
    }
    StepTable.Ruling ruling = table.ruling(rungs.rung(), said.step());
    return switch (ruling.kind()) {
      case NOT_YET -> new Climbed(Verdict.NOT_YET, rungs);
      case LATE -> new Climbed(Verdict.OUT_OF_ORDER, rungs);
      case SAME, NOTED -> new Climbed(Verdict.REPEATED, rungs);
      case MOVES -> moved(rungs, ruling.to().orElseThrow(), said, now);
    };
  }

  /**
   * Within the bounds of clocks. What is a little too early or too late by a clock that is not ours
   * is as early, or as late, as it can have been. Times of two who tell are not compared: one whose
   * word is late makes the other's no later.
   */
  private Climbed moved(Rungs rungs, Rung to, ReportedStep said, Instant now) {
    Instant accepted = rungs.acceptedAt().orElseThrow();
    if (now.isAfter(accepted.plus(kept))) {
      return new Climbed(Verdict.OVER, rungs);
    }
    Instant at = said.at().orElse(now);
    if (at.isAfter(now.plus(SKEW))) {
      return new Climbed(Verdict.IN_FUTURE, rungs);
    }
    if (at.isBefore(accepted.minus(SKEW))) {
      return new Climbed(Verdict.BEFORE_ACCEPTANCE, rungs);
    }
    Instant notLater = at.isAfter(now) ? now : at;
    Instant bounded = notLater.isBefore(accepted) ? accepted : notLater;
    return new Climbed(
        Verdict.TAKEN,
        rungs.with(to, new Told(bounded, said.source()), said.reason().orElse(DropReason.OTHER)));
  }

  /** What became of a step, and where the push stands then. */
  record Climbed(Verdict verdict, Rungs rungs) {}
}
