package io.towncrier.delivery.ladder;

import io.towncrier.delivery.ladder.Rungs.Told;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a push is counted under when it takes a step: once for each rung, and never taken back.
 *
 * @param axis {@link #STEP}, {@link #WITHIN} or {@link #DROPPED}
 * @param value who said so, by which mark it was shown, or why it was dropped
 * @param state the rung; of a reason, who said so
 */
public record StepCount(String axis, String value, String state) {
  public static final String STEP = "step";
  public static final String WITHIN = "within";
  public static final String DROPPED = "dropped";

  /** Of the rungs that one has and the other had not. */
  public static List<StepCount> between(Rungs before, Rungs after) {
    List<StepCount> counts = new ArrayList<>();
    step(counts, Rung.HELD, before.held(), after.held());
    step(counts, Rung.ARRIVED, before.arrived(), after.arrived());
    step(counts, Rung.SHOWN, before.shown(), after.shown());
    step(counts, Rung.OPENED, before.opened(), after.opened());
    step(counts, Rung.DROPPED, told(before), told(after));
    if (before.shown().isEmpty()) {
      after
          .shown()
          .ifPresent(
              shown -> counts.add(new StepCount(WITHIN, mark(after, shown), Rung.SHOWN.name())));
    }
    if (before.dropped().isEmpty()) {
      after
          .dropped()
          .ifPresent(
              dropped ->
                  counts.add(
                      new StepCount(DROPPED, dropped.reason().code(), dropped.told().by().name())));
    }
    return counts;
  }

  private static void step(
      List<StepCount> counts, Rung rung, Optional<Told> before, Optional<Told> after) {
    if (before.isEmpty()) {
      after.ifPresent(told -> counts.add(new StepCount(STEP, told.by().code(), rung.name())));
    }
  }

  private static Optional<Told> told(Rungs rungs) {
    return rungs.dropped().map(Rungs.Dropped::told);
  }

  private static String mark(Rungs rungs, Told shown) {
    return ShownMark.of(Duration.between(rungs.acceptedAt().orElseThrow(), shown.at()));
  }
}
