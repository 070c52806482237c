package io.towncrier.notices.audience;

import io.towncrier.devices.Device;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.CountryCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many devices an audience addresses, as far as counts of the fleet tell: pure. They tell it
 * exactly where the audience asks for facts alone, and no phone is addressed only because it shares
 * an account with a router.
 *
 * @param atMost so many, or fewer
 * @param exact their number, where it is known
 */
public record Reach(long atMost, Optional<Exact> exact) {
  /** By what a reach is counted: with {@link #filter} these groups are what {@link #of} takes. */
  public static final List<Axis> AXES = List.of(Axis.KIND, Axis.COUNTRY, Axis.LANGUAGE);

  private static final String UNKNOWN = "unknown";

  /** The devices that are addressed, by what they report of themselves. */
  public record Exact(long addressed, Map<String, Long> byCountry, Map<String, Long> byLanguage) {}

  /** What an audience asks of facts; its other conditions make it smaller at most. */
  public static FleetFilter filter(Selection selection) {
    Audience audience = selection.audience();
    FleetFilter filter = with(FleetFilter.ALL, Axis.PRODUCT, audience.products());
    filter = with(filter, Axis.CHANNEL, audience.channels());
    filter =
        with(filter, Axis.COUNTRY, audience.countries().stream().map(CountryCode::value).toList());
    if (selection.versions().isPresent()) {
      filter = filter.with(Axis.VERSION, selection.versions().get());
    }
    if (selection.languages().isPresent()) {
      filter = filter.with(Axis.LANGUAGE, selection.languages().get());
    }
    return audience.kind().isPresent()
        ? filter.with(Axis.KIND, audience.kind().get().name())
        : filter;
  }

  private static FleetFilter with(FleetFilter filter, Axis axis, List<String> values) {
    return values.isEmpty() ? filter : filter.with(axis, values);
  }

  /**
   * Adds up.
   *
   * @param groups of the audience's filter, by {@link #AXES}
   * @param phones of the whole fleet: any of them may share an account with a router
   */
  public static Reach of(Selection selection, List<FleetCounts.Group> groups, long phones) {
    Audience audience = selection.audience();
    Map<String, Long> byCountry = new TreeMap<>();
    Map<String, Long> byLanguage = new TreeMap<>();
    long routers = 0;
    long itsPhones = 0;
    for (FleetCounts.Group group : groups) {
      boolean router = group.values().get(0).equals(Device.Kind.ROUTER.name());
      routers += router ? group.devices() : 0;
      itsPhones += router ? 0 : group.devices();
      byCountry.merge(shown(group.values().get(1)), group.devices(), Long::sum);
      byLanguage.merge(shown(group.values().get(2)), group.devices(), Long::sum);
    }
    boolean addsPhones = routers > 0 && itsPhones < phones;
    boolean factsAlone =
        audience.devices().isEmpty()
            && audience.accounts().isEmpty()
            && selection.seenSince().isEmpty();
    long atMost = addsPhones ? routers + phones : routers + itsPhones;
    return new Reach(
        atMost,
        factsAlone && !addsPhones
            ? Optional.of(new Exact(atMost, byCountry, byLanguage))
            : Optional.empty());
  }

  private static String shown(String value) {
    return value.equals(Axis.UNKNOWN) ? UNKNOWN : value;
  }
}
