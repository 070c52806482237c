package io.towncrier.releases.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.targeting.InstallWindow;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads when a device may install. */
final class InstallReader {
  /** Shorter ones are over before a cached answer is read. */
  static final Duration SHORTEST = Duration.ofMinutes(15);

  private static final Pattern TO_THE_MINUTE = Pattern.compile("\\d{2}:\\d{2}");

  private final InputReader input;
  private final JsonFields fields;

  InstallReader(InputReader input, JsonFields fields) {
    this.input = input;
    this.fields = fields;
  }

  Optional<InstallWindow> read(String place, JsonNode node) {
    if (!fields.isObject(place, node, Set.of("from", "to", "days", "notBefore"))) {
      return Optional.empty();
    }
    int before = input.errorCount();
    Optional<InstallWindow.Hours> hours = hours(place, node);
    Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
    fields.each(
        place + ".days",
        node.path("days"),
        (at, day) ->
            input
                .parsed(
                    at, fields.textOf(at, day, 9), InstallReader::day, "must be monday to sunday")
                .ifPresent(days::add));
    if (!days.isEmpty() && hours.isEmpty()) {
      input.reject(place + ".days", "need from and to");
    }
    Optional<LocalDateTime> notBefore =
        input.parsed(
            place + ".notBefore",
            fields.optionalText(place, node, "notBefore", 19).orElse(""),
            InstallReader::localDateTime,
            "must be a local date and time such as 2026-05-01T02:00");
    if (hours.isEmpty() && notBefore.isEmpty() && input.errorCount() == before) {
      input.reject(place, "must have from and to, or notBefore");
    }
    return input.errorCount() > before
        ? Optional.empty()
        : Optional.of(new InstallWindow(hours, days, notBefore));
  }

  private Optional<InstallWindow.Hours> hours(String place, JsonNode node) {
    Optional<LocalTime> from = time(place, node, "from");
    Optional<LocalTime> to = time(place, node, "to");
    if (node.has("from") != node.has("to")) {
      input.reject(place, "must have both from and to");
    }
    if (from.isEmpty() || to.isEmpty()) {
      return Optional.empty();
    }
    Duration length = Duration.between(from.get(), to.get());
    if (length.isNegative()) {
      length = length.plusDays(1);
    }
    if (length.compareTo(SHORTEST) < 0) {
      input.reject(place, "must be open for at least " + SHORTEST.toMinutes() + " minutes");
      return Optional.empty();
    }
    return Optional.of(new InstallWindow.Hours(from.get(), to.get()));
  }

  private Optional<LocalTime> time(String place, JsonNode node, String member) {
    return input.parsed(
        place + "." + member,
        fields.optionalText(place, node, member, 5).orElse(""),
        text -> {
          try {
            return TO_THE_MINUTE.matcher(text).matches()
                ? Optional.of(LocalTime.parse(text))
                : Optional.empty();
          } catch (DateTimeException malformed) {
            return Optional.empty();
          }
        },
        "must be a local time such as 02:00");
  }

  private static Optional<LocalDateTime> localDateTime(String text) {
    try {
      return Optional.of(LocalDateTime.parse(text))
          .filter(t -> t.getYear() >= 1970 && t.getYear() < 9999);
    } catch (DateTimeException malformed) {
      return Optional.empty();
    }
  }

  private static Optional<DayOfWeek> day(String text) {
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst();
  }
}
