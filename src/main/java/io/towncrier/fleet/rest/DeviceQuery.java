package io.towncrier.fleet.rest;

import io.towncrier.fleet.Axis;
import io.towncrier.fleet.DeviceList;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.releases.version.Version;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Which devices an operator asks for, as texts. Each defect is noted. */
final class DeviceQuery {
  private static final int LONGEST = 80;

  private DeviceQuery() {}

  /** Ask for the query when the input has no defect. */
  static Supplier<DeviceList.Query> read(
      InputReader input,
      @Nullable String product,
      @Nullable String version,
      @Nullable String country,
      Optional<String> account,
      @Nullable String seenFrom,
      @Nullable String seenBefore) {
    Optional<String> of = input.optionalText("product", InputReader.withPlus(product), LONGEST);
    Optional<String> running =
        input.optionalText("version", InputReader.withPlus(version), Version.MAX_LENGTH);
    if (running.isPresent() && of.isEmpty()) {
      input.reject("version", "needs a product, whose version it is");
    }
    Optional<String> in = country(input, country);
    Optional<LocalDate> from = day(input, "seenFrom", seenFrom);
    Optional<LocalDate> before = day(input, "seenBefore", seenBefore);
    return () -> new DeviceList.Query(of, running, in, account, from, before);
  }

  private static Optional<String> country(InputReader input, @Nullable String given) {
    return FleetQuery.UNKNOWN.equals(given)
        ? Optional.of(Axis.UNKNOWN)
        : input.country("country", given).map(CountryCode::value);
  }

  private static Optional<LocalDate> day(InputReader input, String field, @Nullable String given) {
    return input.parsed(field, given, DeviceQuery::date, "must be a day such as 2026-11-30");
  }

  private static Optional<LocalDate> date(String text) {
    try {
      return Optional.of(LocalDate.parse(text))
          .filter(day -> day.getYear() >= 2000 && day.getYear() < 10_000);
    } catch (DateTimeParseException malformed) {
      return Optional.empty();
    }
  }
}
