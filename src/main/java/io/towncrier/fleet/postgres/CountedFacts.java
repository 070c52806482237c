package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetCounts;
import io.towncrier.fleet.FleetFilter;
import io.towncrier.platform.CountryCode;
import io.towncrier.platform.language.LanguageTag;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.time.TimeZoneId;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Ignored;
import io.towncrier.updates.preview.FleetFacts;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** What the fleet reports, from the counts. */
@ApplicationScoped
class CountedFacts implements FleetFacts {
  // One look into an index for each product: counters are not counted.
  private static final String COUNTING =
      """
      SELECT asked.product FROM unnest($1::text[]) AS asked (product)
      CROSS JOIN LATERAL (
        SELECT 1 FROM device
        WHERE device.product_id = asked.product AND device.release_counter > 0
        LIMIT 1) AS counting
      """;

  // Counted facts are told apart as the counts do.
  private static final String IDS =
      """
      SELECT device.id FROM device
      WHERE device.product_id = $1 AND device.version = $2 AND device.revoked_at IS NULL
        AND coalesce(device.country, '') = $3 AND coalesce(device.time_zone, '') = $4
        AND coalesce(device.language, '') = $5 AND device.channel = $6
      ORDER BY device.id
      LIMIT $7
      """;

  private static final List<Axis> FACTS =
      List.of(Axis.VERSION, Axis.COUNTRY, Axis.TIMEZONE, Axis.LANGUAGE, Axis.CHANNEL);

  private final FleetCounts counts;
  private final Database database;

  CountedFacts(FleetCounts counts, Database database) {
    this.counts = counts;
    this.database = database;
  }

  @Override
  public Uni<Map<String, Set<String>>> versions(Set<String> products) {
    return counts
        .groups(List.of(Axis.PRODUCT, Axis.VERSION), FleetFilter.ALL.with(Axis.PRODUCT, products))
        .map(
            groups ->
                groups.stream()
                    .map(FleetCounts.Group::values)
                    .collect(
                        Collectors.groupingBy(
                            values -> values.get(0),
                            Collectors.mapping(values -> values.get(1), Collectors.toSet()))));
  }

  @Override
  public Uni<Set<String>> languages() {
    return counts
        .groups(List.of(Axis.LANGUAGE), FleetFilter.ALL)
        .map(
            groups ->
                groups.stream()
                    .map(group -> group.values().get(0))
                    .filter(language -> !language.equals(Axis.UNKNOWN))
                    .collect(Collectors.toUnmodifiableSet()));
  }

  @Override
  public Uni<List<Alike>> alike(String product) {
    return counts
        .groups(FACTS, FleetFilter.ALL.with(Axis.PRODUCT, product))
        .map(groups -> groups.stream().map(CountedFacts::alike).toList());
  }

  private static Alike alike(FleetCounts.Group group) {
    List<String> values = group.values();
    Optional<String> timeZone = known(values.get(2));
    return new Alike(
        new ClientFacts(
            values.get(0),
            known(values.get(1)).map(CountryCode::new),
            timeZone.flatMap(TimeZoneId::parse),
            known(values.get(3)).map(LanguageTag::new),
            values.get(4),
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            Optional.empty(),
            false,
            Ignored.NONE),
        timeZone,
        group.devices());
  }

  private static Optional<String> known(String value) {
    return Optional.of(value).filter(text -> !text.equals(Axis.UNKNOWN));
  }

  @Override
  public Uni<List<String>> idsOf(String product, Alike group, int limit) {
    ClientFacts facts = group.facts();
    return database.rows(
        IDS,
        row -> row.text("id"),
        product,
        facts.version(),
        facts.country().map(CountryCode::value).orElse(Axis.UNKNOWN),
        group.timeZone().orElse(Axis.UNKNOWN),
        facts.language().map(LanguageTag::value).orElse(Axis.UNKNOWN),
        facts.channel(),
        (long) limit);
  }

  @Override
  public Uni<Set<String>> counting(Set<String> products) {
    return database
        .rows(COUNTING, row -> row.text("product"), (Object) products.toArray(String[]::new))
        .map(Set::copyOf);
  }
}
