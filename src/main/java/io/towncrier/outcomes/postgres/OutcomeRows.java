package io.towncrier.outcomes.postgres;

import io.towncrier.outcomes.OutcomeStore;
import io.towncrier.outcomes.state.Attempt;
import io.towncrier.outcomes.state.Mark;
import io.towncrier.outcomes.state.OutcomeState;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.platform.postgres.Row;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** An attempt as a row. */
final class OutcomeRows {
  private OutcomeRows() {}

  /** Of {@link OutcomeSql#COLUMNS}. */
  static Attempt attempt(Row row) {
    return new Attempt(
        new Attempt.Key(row.text("device_id"), row.text("product_id"), row.text("version")),
        OutcomeState.parse(row.text("state")).orElseThrow(),
        (int) row.number("attempt"),
        new Attempt.Standing(
            (int) row.number("phase"),
            row.flag("counted"),
            row.optionalText("mark").map(OutcomeRows::mark),
            row.flag("begun")),
        new Attempt.Course(
            row.optionalText("former"),
            row.optionalText("boot"),
            row.optionalInstant("succeeded_at"),
            row.optionalInstant("target_since")),
        new Attempt.Times(
            row.instant("since"), row.instant("heard_at"), row.optionalInstant("held_until")),
        row.optionalNumber("progress")
            .map(percent -> OptionalInt.of(percent.intValue()))
            .orElseGet(OptionalInt::empty),
        row.optionalText("code"),
        HistoryJson.read(row.text("history")));
  }

  /** The parameters of {@link OutcomeSql#SAVE}. */
  static @Nullable Object[] parameters(OutcomeStore.Change change) {
    Attempt a = change.after();
    Attempt.Course course = a.course();
    Optional<Instant> due =
        a.state().isOpen()
            ? Optional.of(a.times().heardAt().plus(change.timeOut()))
            : Optional.empty();
    return new @Nullable Object[] {
      a.key().device(),
      a.key().version(),
      change.isCurrent(),
      a.state().code(),
      a.number(),
      a.standing().phase(),
      a.standing().counted(),
      a.standing().mark().map(Mark::code).orElse(null),
      a.standing().begun(),
      course.former().orElse(null),
      course.boot().orElse(null),
      moment(course.succeededAt()),
      moment(course.targetSince()),
      moment(Optional.of(a.times().since())),
      moment(Optional.of(a.times().heardAt())),
      moment(a.times().heldUntil()),
      moment(due),
      a.progress().isPresent() ? (Object) a.progress().getAsInt() : null,
      a.code().orElse(null),
      network(change),
      HistoryJson.write(a.history())
    };
  }

  /** While it counts as a failure, that stays with the network that it was counted for. */
  private static @Nullable Buffer network(OutcomeStore.Change change) {
    return change.network() == null || Tally.isCountedFailure(change.before())
        ? null
        : Buffer.buffer(change.network());
  }

  private static @Nullable OffsetDateTime moment(Optional<Instant> moment) {
    return moment.map(at -> at.atOffset(ZoneOffset.UTC)).orElse(null);
  }

  private static Mark mark(String code) {
    return Mark.valueOf(code.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
