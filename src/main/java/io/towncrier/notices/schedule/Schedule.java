package io.towncrier.notices.schedule;

import io.towncrier.delivery.PushHour;
import io.towncrier.platform.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * When a notice is pushed.
 *
 * @param spread over which its devices are distributed
 */
public record Schedule(When when, Duration spread) {
  /** As soon as it is started, to all. */
  public static final Schedule AT_ONCE = new Schedule(new When.AtOnce(), Duration.ZERO);

  // Where a day begins first.
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);
  private static final Duration HORIZON = Duration.ofDays(366);

  public Schedule {
    if (spread.isNegative()) {
      throw new IllegalArgumentException("a spread is not negative");
    }
  }

  /** From which moment on. */
  public sealed interface When {
    /** As soon as it is started. */
    record AtOnce() implements When {}

    /** At one moment everywhere. */
    record At(Instant moment) implements When {}

    /**
     * At an hour of each device's own clock. An hour that a change of the clocks skips is the
     * moment of the change; of one that comes twice it is the first.
     *
     * @param date without one the next time that the hour comes
     */
    record AtLocalTime(LocalTime time, Optional<LocalDate> date) implements When {}
  }

  /**
   * What is wrong with it now: the moment may not have passed, nor be too far away.
   *
   * @param places of its devices, when it is dated: the hour may not have passed in any of them
   */
  public Optional<FieldError> defect(Collection<Place> places, Instant now) {
    if (when instanceof When.At at) {
      return at.moment().isAfter(now)
          ? tooFar("schedule.at", at.moment(), now)
          : Optional.of(new FieldError("schedule.at", "has passed"));
    }
    if (when instanceof When.AtLocalTime local && local.date().isPresent()) {
      LocalDateTime hour = local.date().get().atTime(local.time());
      return places.stream()
          .min(Comparator.comparing(place -> LocalHour.earliest(place, hour)))
          .flatMap(first -> defect(first, LocalHour.earliest(first, hour), now));
    }
    return Optional.empty();
  }

  private static Optional<FieldError> defect(Place first, Instant moment, Instant now) {
    return moment.isAfter(now)
        ? tooFar("schedule.date", moment, now)
        : Optional.of(
            new FieldError(
                "schedule.date",
                "has passed for devices of the audience in "
                    + first.country()
                    + ", where it is first"));
  }

  private static Optional<FieldError> tooFar(String field, Instant moment, Instant now) {
    return moment.isAfter(now.plus(HORIZON))
        ? Optional.of(new FieldError(field, "is more than a year away"))
        : Optional.empty();
  }

  /** Whether the hour of its date has come anywhere on earth: before that it is late for nobody. */
  public boolean mayHavePassed(Instant now) {
    return when instanceof When.AtLocalTime local
        && local
            .date()
            .filter(day -> !day.atTime(local.time()).toInstant(EARLIEST).isAfter(now))
            .isPresent();
  }

  /** Whether it has a date on each device's own calendar. */
  public boolean isDated() {
    return when instanceof When.AtLocalTime local && local.date().isPresent();
  }

  /** Whether it depends on where a device is. */
  public boolean isLocal() {
    return when instanceof When.AtLocalTime;
  }

  /** The hour outside of which nothing of it is pushed. */
  public Optional<PushHour> pushHour() {
    return when instanceof When.AtLocalTime local
        ? Optional.of(new PushHour(local.time(), spread))
        : Optional.empty();
  }

  /**
   * When devices are due that are started now.
   *
   * @param places of all of them, when it is local
   * @param jitter over which devices of one place are distributed at least
   */
  public DueTimes dueTimes(Instant now, Collection<Place> places, Duration jitter) {
    if (!(when instanceof When.AtLocalTime local)) {
      return new DueTimes.Everywhere(new Slot(now, spread));
    }
    Duration over = over(jitter);
    Map<Place, Optional<Slot>> slots = new LinkedHashMap<>();
    for (Place place : places) {
      slots.put(
          place, LocalHour.slot(LocalHour.clocksAt(place), local, over, now).map(Slot::offTheHour));
    }
    return new DueTimes.ByPlace(slots);
  }

  /** How long it takes in one place at least. */
  public Duration over(Duration jitter) {
    return isLocal() && jitter.compareTo(spread) > 0 ? jitter : spread;
  }
}
