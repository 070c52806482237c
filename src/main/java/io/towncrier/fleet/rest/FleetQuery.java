package io.towncrier.fleet.rest;

import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.InputReader;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.releases.version.Version;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Axes and filters of a question to the counts, as texts. Each defect is noted. */
final class FleetQuery {
  /** Of devices of which a fact is not known. */
  static final String UNKNOWN = "unknown";

  private static final List<Axis> ORDER = List.of(Axis.values());
  private static final int MOST_AXES = 2;
  private static final int LONGEST = 80;

  private FleetQuery() {}

  static List<Axis> axes(InputReader input, @Nullable String by) {
    String given = by == null ? Axis.PRODUCT.code() : by;
    List<Axis> axes = new ArrayList<>();
    for (String code : given.split(",", -1)) {
      Axis.parse(code).ifPresent(axes::add);
    }
    boolean all = axes.size() == given.split(",", -1).length;
    if (!all || axes.size() > MOST_AXES || new HashSet<>(axes).size() < axes.size()) {
      input.reject("by", "must be one or two of " + names() + ", with a comma between");
    }
    return axes;
  }

  private static String names() {
    return String.join(", ", ORDER.stream().map(Axis::code).toList());
  }

  /**
   * The filter; a product, version or channel that nobody has is none of them, and no defect:
   * devices may have one that the catalogue has no more.
   *
   * @param values in the order of the axes
   */
  static FleetFilter filter(InputReader input, @Nullable String... values) {
    FleetFilter filter = FleetFilter.ALL;
    for (int i = 0; i < values.length; i++) {
      Axis axis = ORDER.get(i);
      Optional<String> value = value(input, axis, values[i]);
      filter = value.isPresent() ? filter.with(axis, value.get()) : filter;
    }
    return filter;
  }

  private static Optional<String> value(InputReader input, Axis axis, @Nullable String given) {
    String field = axis.code();
    if (axis.mayBeUnknown() && UNKNOWN.equals(given)) {
      return Optional.of(Axis.UNKNOWN);
    }
    return switch (axis) {
      case COUNTRY -> input.country(field, given).map(CountryCode::value);
      case LANGUAGE -> input.language(field, given).map(LanguageTag::value);
      case KIND -> input.parsed(field, given, FleetQuery::kind, "must be phone or router");
      case VERSION -> input.optionalText(field, InputReader.withPlus(given), Version.MAX_LENGTH);
      case TIMEZONE, PRODUCT -> input.optionalText(field, InputReader.withPlus(given), LONGEST);
      case CHANNEL -> input.optionalText(field, given, LONGEST);
    };
  }

  private static Optional<String> kind(String code) {
    return Arrays.stream(Device.Kind.values())
        .map(Device.Kind::name)
        .filter(name -> shownKind(name).equals(code))
        .findFirst();
  }

  /** A value as it is shown, and as it may be given. */
  static String shown(Axis axis, String value) {
    if (axis.mayBeUnknown() && value.equals(Axis.UNKNOWN)) {
      return UNKNOWN;
    }
    return axis == Axis.KIND ? shownKind(value) : value;
  }

  private static String shownKind(String name) {
    return name.toLowerCase(Locale.ROOT);
  }
}
