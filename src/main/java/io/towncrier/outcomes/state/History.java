package io.towncrier.outcomes.state;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The last transitions of an attempt, and what contradicted it. */
public record History(List<Entry> entries) {
  /** So many are kept. */
  public static final int MOST = 20;

  public static final History EMPTY = new History(List.of());

  public History {
    entries = List.copyOf(entries);
  }

  /** The same with one more; the oldest goes. */
  History and(Entry next) {
    return new History(
        Stream.concat(
                entries.stream().skip(Math.max(0, entries.size() - MOST + 1L)), Stream.of(next))
            .toList());
  }

  /** What was made of a report with this id, if it is remembered. */
  Optional<Entry> of(String reportId) {
    return entries.stream().filter(e -> e.report().equals(Optional.of(reportId))).findFirst();
  }

  /** Whether the same contradiction stands there already. */
  boolean hasEvidence(OutcomeEvent event) {
    return entries.stream().anyMatch(e -> e.evidence() && e.event() == event);
  }

  /**
   * One line of it.
   *
   * @param at by the server's clock
   * @param deviceAt by the device's
   * @param event that came
   * @param state that holds after it
   * @param evidence whether it contradicted, and changed nothing
   * @param report the device's id of it
   */
  public record Entry(
      Instant at,
      Optional<Instant> deviceAt,
      OutcomeEvent event,
      OutcomeState state,
      boolean evidence,
      Optional<String> report,
      Optional<String> code,
      Optional<String> detail) {
    /** What a device said. */
    static Entry of(
        Report report, OutcomeEvent event, OutcomeState state, boolean evidence, Instant now) {
      return new Entry(
          now,
          report.deviceAt(),
          event,
          state,
          evidence,
          report.id(),
          report.code().map(FailureCode::code),
          report.detail());
    }

    /** What no report says. */
    static Entry of(OutcomeEvent event, OutcomeState state, Instant now) {
      return new Entry(
          now,
          Optional.empty(),
          event,
          state,
          false,
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }
  }
}
