package io.towncrier.devices.postgres;

import io.towncrier.devices.Device;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Row;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** A device as its row tells it. */
final class DeviceRows {
  private DeviceRows() {}

  static Device device(Row row) {
    boolean hasAddress = row.flag("has_address");
    return new Device(
        row.text("id"),
        Device.Kind.valueOf(row.text("kind")),
        row.text("product_id"),
        facts(row),
        row.flag("linked"),
        new Device.Push(
            hasAddress,
            hasAddress ? row.optionalDate("push_confirmed_on") : Optional.empty(),
            row.flag("address_pending"),
            addresses(row)),
        row.instant("registered_at"),
        row.optionalDate("last_seen_on").orElseThrow(),
        (int) row.number("revision"));
  }

  static Device.Facts facts(Row row) {
    return new Device.Facts(
        row.text("version"),
        row.optionalText("country").map(CountryCode::new),
        row.optionalText("time_zone"),
        row.optionalText("language").map(LanguageTag::new),
        row.text("channel"),
        row.optionalText("cohort"),
        row.optionalText("hardware"),
        row.optionalNumber("release_counter").map(OptionalLong::of).orElseGet(OptionalLong::empty),
        row.flag("counter_unreadable"));
  }

  /** In the order in which they are tried. */
  private static List<Device.Reached> addresses(Row row) {
    Stream<Device.Reached> first =
        row.optionalText("push_provider").stream()
            .map(provider -> new Device.Reached(provider, row.optionalDate("push_confirmed_on")));
    return Stream.concat(first, row.texts("further").stream().map(DeviceRows::reached)).toList();
  }

  private static Device.Reached reached(String told) {
    String[] parts = told.split(" ", -1);
    return new Device.Reached(
        parts[0], parts.length > 1 ? Optional.of(LocalDate.parse(parts[1])) : Optional.empty());
  }
}
