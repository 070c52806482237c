package io.towncrier.notices.counts;

import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.Rung;
import io.towncrier.delivery.ladder.ShownMark;
import io.towncrier.delivery.ladder.StepCount;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.notices.counts.LadderCounts.Count;
import io.towncrier.notices.counts.LadderCounts.Ladder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is said about the pushes of a notice: pure.
 *
 * @param steps from the lowest, each with who was the first to say so
 * @param dropped why pushes were not shown, by code
 * @param reached how many could be reached: of those it is known that they arrived, less those that
 *     it was right not to show
 * @param marks how many of these were shown in time
 */
public record LadderProgress(
    List<Step> steps, Map<String, Long> dropped, long reached, List<Mark> marks) {
  private static final List<StepSource> TELL = List.of(StepSource.APP, StepSource.PROVIDER);
  private static final List<Rung> TOLD =
      List.of(Rung.HELD, Rung.ARRIVED, Rung.SHOWN, Rung.OPENED, Rung.DROPPED);
  private static final String SEEN = "seen";

  public static LadderProgress of(Ladder ladder) {
    List<Step> steps = new ArrayList<>();
    steps.add(Step.of(Rung.ACCEPTED.code(), StepSource.PROVIDER, ladder.accepted()));
    TOLD.forEach(rung -> steps.add(step(ladder, rung)));
    steps.add(Step.of(SEEN, StepSource.INBOX, ladder.read()));
    Map<String, Long> dropped = new TreeMap<>();
    ladder.counts().stream()
        .filter(count -> count.axis().equals(StepCount.DROPPED))
        .forEach(count -> dropped.merge(count.value(), count.devices(), Long::sum));
    long reached = step(ladder, Rung.ARRIVED).devices() - rightlyDropped(ladder);
    return new LadderProgress(steps, dropped, reached, marks(ladder, reached));
  }

  private static Step step(Ladder ladder, Rung rung) {
    return new Step(
        rung.code(),
        TELL.stream()
            .map(
                source ->
                    new SaidBy(
                        source,
                        sum(ladder, StepCount.STEP, source.code(), Optional.of(rung.name()))))
            .filter(said -> said.devices() > 0)
            .toList());
  }

  /** Those that the phone dropped: of them it is known that they had arrived. */
  private static long rightlyDropped(Ladder ladder) {
    return Arrays.stream(DropReason.values())
        .filter(DropReason::isWanted)
        .mapToLong(
            reason ->
                sum(ladder, StepCount.DROPPED, reason.code(), Optional.of(StepSource.APP.name())))
        .sum();
  }

  private static List<Mark> marks(Ladder ladder, long reached) {
    List<Mark> marks = new ArrayList<>();
    long shown = 0;
    for (ShownMark mark : ShownMark.values()) {
      shown += sum(ladder, StepCount.WITHIN, Long.toString(mark.seconds()), Optional.empty());
      Optional<Double> share =
          reached > 0 ? Optional.of((double) shown / reached) : Optional.empty();
      marks.add(new Mark(mark, shown, share));
    }
    return marks;
  }

  private static long sum(Ladder ladder, String axis, String value, Optional<String> state) {
    return ladder.counts().stream()
        .filter(count -> count.axis().equals(axis) && count.value().equals(value))
        .filter(count -> state.isEmpty() || state.get().equals(count.state()))
        .mapToLong(Count::devices)
        .sum();
  }

  /** A step, and how many pushes took it. */
  public record Step(String step, List<SaidBy> saidBy) {
    static Step of(String step, StepSource source, long devices) {
      return new Step(step, devices > 0 ? List.of(new SaidBy(source, devices)) : List.of());
    }

    public long devices() {
      return saidBy.stream().mapToLong(SaidBy::devices).sum();
    }
  }

  /** Of how many pushes a source was the first to say so. */
  public record SaidBy(StepSource source, long devices) {}

  /**
   * How many were shown within a time.
   *
   * @param share of those that could be reached; empty when there are none
   */
  public record Mark(ShownMark mark, long devices, Optional<Double> share) {}
}
