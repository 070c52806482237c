package io.towncrier.notices.rest;

import io.towncrier.notices.schedule.Schedule;
import io.towncrier.platform.InputReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A schedule in JSON: {@code at} a moment, or at a {@code localTime} with or without a {@code
 * date}, or with neither at once; spread over {@code spreadSeconds}.
 */
@Schema(name = "Schedule")
record ScheduleBody(
    @Nullable String at,
    @Nullable String localTime,
    @Nullable String date,
    @Nullable Long spreadSeconds) {
  private static final Duration LONGEST_SPREAD = Duration.ofDays(7);

  Schedule read(InputReader input) {
    input.notEmpty("schedule.at", at);
    input.notEmpty("schedule.localTime", localTime);
    input.notEmpty("schedule.date", date);
    Optional<Instant> moment =
        input.parsed(
            "schedule.at",
            at,
            parser(text -> OffsetDateTime.parse(text).toInstant()),
            "must be an RFC 3339 time");
    Optional<LocalTime> time =
        input.parsed("schedule.localTime", localTime, ScheduleBody::hour, "must be HH:mm");
    Optional<LocalDate> day =
        input.parsed("schedule.date", date, parser(LocalDate::parse), "must be YYYY-MM-DD");
    if (moment.isPresent() && time.isPresent()) {
      input.reject("schedule", "must have one of at and localTime");
    }
    if (day.isPresent() && localTime == null) {
      input.reject("schedule.date", "needs a localTime");
    }
    Schedule.When when =
        moment
            .<Schedule.When>map(Schedule.When.At::new)
            .or(() -> time.map(t -> new Schedule.When.AtLocalTime(t, day)))
            .orElseGet(Schedule.When.AtOnce::new);
    return new Schedule(when, readSpread(input));
  }

  private Duration readSpread(InputReader input) {
    if (spreadSeconds == null) {
      return Duration.ZERO;
    }
    if (spreadSeconds < 0 || spreadSeconds > LONGEST_SPREAD.toSeconds()) {
      input.reject("schedule.spreadSeconds", "must be from 0 to " + LONGEST_SPREAD.toSeconds());
      return Duration.ZERO;
    }
    return Duration.ofSeconds(spreadSeconds);
  }

  private static Optional<LocalTime> hour(String text) {
    return text.length() == 5 ? parser(LocalTime::parse).apply(text) : Optional.empty();
  }

  private static <T> Function<String, Optional<T>> parser(Function<String, T> parse) {
    return text -> {
      try {
        return Optional.of(parse.apply(text));
      } catch (DateTimeException malformed) {
        return Optional.empty();
      }
    };
  }

  /** As it is shown. */
  static ScheduleBody of(Schedule schedule) {
    Optional<Schedule.When.AtLocalTime> local =
        schedule.when() instanceof Schedule.When.AtLocalTime given
            ? Optional.of(given)
            : Optional.empty();
    return new ScheduleBody(
        schedule.when() instanceof Schedule.When.At given ? given.moment().toString() : null,
        local.map(given -> given.time().toString()).orElse(null),
        local.flatMap(Schedule.When.AtLocalTime::date).map(LocalDate::toString).orElse(null),
        schedule.spread().toSeconds());
  }
}
