package io.towncrier.notices.postgres;

import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.delivery.ladder.PushStep;
import io.towncrier.delivery.ladder.StepSource;
import io.towncrier.notices.explain.DeliveryTraces.Step;
import io.towncrier.platform.postgres.Row;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads how far one push came. */
final class LadderRows {
  static final String COLUMNS =
      """
      delivery.held_at, delivery.arrived_at, delivery.arrived_by, delivery.shown_at,
        delivery.shown_by, delivery.opened_at, delivery.opened_by, delivery.dropped_at,
        delivery.dropped_by, delivery.dropped_because
      """;

  private LadderRows() {}

  /** From the lowest. */
  static List<Step> steps(Row row) {
    return Stream.of(
            of(PushStep.HELD, "held_at", Optional.of(StepSource.PROVIDER), row),
            of(PushStep.ARRIVED, "arrived_at", by(row, PushStep.ARRIVED), row),
            of(PushStep.SHOWN, "shown_at", by(row, PushStep.SHOWN), row),
            of(PushStep.OPENED, "opened_at", by(row, PushStep.OPENED), row),
            of(PushStep.DROPPED, "dropped_at", by(row, PushStep.DROPPED), row),
            of(PushStep.SEEN, "read_at", Optional.of(StepSource.INBOX), row))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<Step> of(PushStep step, String at, Optional<StepSource> source, Row row) {
    return row.optionalInstant(at)
        .map(moment -> new Step(step, source.orElseThrow(), moment, reason(row, step)));
  }

  private static Optional<StepSource> by(Row row, PushStep step) {
    return row.optionalText(step.name().toLowerCase(Locale.ROOT) + "_by")
        .flatMap(StepSource::parse);
  }

  private static Optional<String> reason(Row row, PushStep step) {
    return step == PushStep.DROPPED
        ? row.optionalText("dropped_because").map(name -> DropReason.valueOf(name).code())
        : Optional.empty();
  }
}
