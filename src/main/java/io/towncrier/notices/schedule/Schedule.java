package io.towncrier.notices.schedule;

import io.towncrier.delivery.PushHour;
import io.towncrier.platform.FieldError;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Collection;
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

  private static final Duration HORIZON = Duration.ofDays(366);
  // The first place on earth in which a day begins.
  private static final ZoneOffset EARLIEST = ZoneOffset.ofHours(14);

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

  /** What is wrong with it now: no hour may have passed anywhere, or be too far away. */
  public Optional<FieldError> defect(Instant now) {
    if (when instanceof When.At at) {
      return defect("schedule.at", at.moment(), now);
    } else if (when instanceof When.AtLocalTime local && local.date().isPresent()) {
      Instant first = local.date().get().atTime(local.time()).toInstant(EARLIEST);
      return defect("schedule.date", first, now);
    }
    return Optional.empty();
  }

  private static Optional<FieldError> defect(String field, Instant moment, Instant now) {
    if (!moment.isAfter(now)) {
      return Optional.of(new FieldError(field, "has passed, at least in some time zone"));
    }
    return moment.isAfter(now.plus(HORIZON))
        ? Optional.of(new FieldError(field, "is more than a year away"))
        : Optional.empty();
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
