package io.towncrier.notices.rest;

import io.towncrier.devices.Device;
import io.towncrier.notices.audience.Audience;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.Ids;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.Version;
import io.towncrier.releases.version.VersionRange;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An audience in JSON; a list that is empty or missing restricts nothing. */
@Schema(name = "Audience")
record AudienceBody(
    @Nullable List<@Nullable String> products,
    @Nullable RangeBody versions,
    @Nullable List<@Nullable String> countries,
    @Nullable List<@Nullable String> languages,
    @Nullable List<@Nullable String> channels,
    @Nullable String kind,
    @Nullable List<@Nullable String> devices,
    @Nullable List<@Nullable String> accounts,
    @Nullable Integer seenWithinDays) {
  private static final int LONGEST_AGO = 3_650;

  /** A range of versions; {@code to} belongs to it, {@code before} does not. */
  @Schema(name = "VersionRange")
  record RangeBody(@Nullable String from, @Nullable String to, @Nullable String before) {
    static RangeBody of(VersionRange range) {
      return new RangeBody(
          range.from().orElse(null), range.to().orElse(null), range.before().orElse(null));
    }
  }

  Audience read(InputReader input) {
    List<String> readProducts = texts(input, "audience.products", products, 80);
    input.notEmpty("audience.kind", kind);
    Optional<VersionRange> range = readRange(input);
    if (range.isPresent() && readProducts.size() != 1) {
      input.reject("audience.versions", "needs exactly one product, whose order counts");
      range = Optional.empty();
    }
    return new Audience(
        readProducts,
        range,
        each(input, "audience.countries", countries, input::country),
        each(input, "audience.languages", languages, input::language),
        texts(input, "audience.channels", channels, 64),
        input.parsed("audience.kind", kind, AudienceBody::kind, "must be phone or router"),
        ids(input, "audience.devices", devices, Device.PREFIX),
        ids(input, "audience.accounts", accounts, "acc"),
        readDays(input));
  }

  private Optional<VersionRange> readRange(InputReader input) {
    if (versions == null) {
      return Optional.empty();
    }
    Optional<String> from = bound(input, "from", versions.from());
    Optional<String> to = bound(input, "to", versions.to());
    Optional<String> before = bound(input, "before", versions.before());
    if (to.isPresent() && before.isPresent()) {
      input.reject("audience.versions", "must have one of to and before");
      return Optional.empty();
    }
    if (from.isEmpty() && to.isEmpty() && before.isEmpty()) {
      input.reject("audience.versions", "must have from, to or before");
      return Optional.empty();
    }
    return Optional.of(new VersionRange(from, to, before));
  }

  private static Optional<String> bound(InputReader input, String member, @Nullable String text) {
    input.notEmpty("audience.versions." + member, text);
    return input.optionalText("audience.versions." + member, text, Version.MAX_LENGTH);
  }

  private OptionalInt readDays(InputReader input) {
    if (seenWithinDays == null) {
      return OptionalInt.empty();
    }
    if (seenWithinDays < 0 || seenWithinDays > LONGEST_AGO) {
      input.reject("audience.seenWithinDays", "must be from 0 to " + LONGEST_AGO);
      return OptionalInt.empty();
    }
    return OptionalInt.of(seenWithinDays);
  }

  private static Optional<Device.Kind> kind(String code) {
    return Arrays.stream(Device.Kind.values())
        .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(code))
        .findFirst();
  }

  private static List<String> texts(
      InputReader input, String field, @Nullable List<@Nullable String> values, int longest) {
    return each(input, field, values, (place, value) -> input.optionalText(place, value, longest));
  }

  private static List<String> ids(
      InputReader input, String field, @Nullable List<@Nullable String> values, String prefix) {
    return each(
        input,
        field,
        values,
        (place, value) ->
            input.parsed(
                place,
                value,
                id -> Optional.of(id).filter(i -> Ids.looksLike(prefix, i)),
                "is no id that begins with " + prefix + "_"));
  }

  private static <T> List<T> each(
      InputReader input,
      String field,
      @Nullable List<@Nullable String> values,
      BiFunction<String, @Nullable String, Optional<T>> reader) {
    List<@Nullable String> given = values == null ? List.of() : values;
    // An empty element would make the list wider or narrower than its author believes.
    if (given.stream().anyMatch(v -> v == null || v.isEmpty())) {
      input.reject(field, "has an empty element");
    }
    return IntStream.range(0, given.size())
        .mapToObj(i -> reader.apply(field + "[" + i + "]", given.get(i)))
        .flatMap(Optional::stream)
        .toList();
  }

  /** As it is shown: what restricts nothing is left out, but for the first lists that ever were. */
  static AudienceBody of(Audience audience) {
    return new AudienceBody(
        List.copyOf(audience.products()),
        audience.versions().map(RangeBody::of).orElse(null),
        audience.countries().stream().map(CountryCode::value).toList(),
        audience.languages().stream().map(LanguageTag::value).toList(),
        orAbsent(audience.channels()),
        audience.kind().map(kind -> kind.name().toLowerCase(Locale.ROOT)).orElse(null),
        orAbsent(audience.devices()),
        orAbsent(audience.accounts()),
        audience.seenWithinDays().isPresent() ? audience.seenWithinDays().getAsInt() : null);
  }

  private static @Nullable List<@Nullable String> orAbsent(List<String> values) {
    return values.isEmpty() ? null : List.copyOf(values);
  }
}
