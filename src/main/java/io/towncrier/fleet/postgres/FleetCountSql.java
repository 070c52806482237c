package io.towncrier.fleet.postgres;

import io.towncrier.fleet.Axis;
import io.towncrier.fleet.FleetFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A question to the counts as a statement; only conditions that there are stand in it. */
final class FleetCountSql {
  private static final String GROUPS =
      """
      SELECT %1$s, sum(fleet_now.devices)::bigint AS devices
      FROM fleet_now
      WHERE %2$s
      GROUP BY %1$s
      HAVING sum(fleet_now.devices) > 0
      """;

  // The sums stand in each row, and alone where the page has none: it is one look.
  private static final String TABLE =
      """
      WITH counted AS (
      %1$s)
      SELECT whole.groups, whole.devices AS all_devices, page.*
      FROM (
        SELECT count(*) AS groups, coalesce(sum(counted.devices), 0)::bigint AS devices
        FROM counted) AS whole
      LEFT JOIN LATERAL (
        SELECT * FROM counted
        WHERE %2$s
        ORDER BY %3$s
        LIMIT %4$s) AS page ON true
      """;

  private final List<Axis> by;
  private final List<@Nullable Object> parameters = new ArrayList<>();
  private final String conditions;

  FleetCountSql(List<Axis> by, FleetFilter filter) {
    this.by = by;
    List<String> all = new ArrayList<>(List.of("true"));
    filter
        .values()
        .forEach(
            (axis, values) ->
                all.add(
                    "fleet_now.%s = ANY (%s::text[])"
                        .formatted(column(axis), parameter(values.toArray(String[]::new)))));
    this.conditions = String.join("\n  AND ", all);
  }

  String groups() {
    return GROUPS.formatted(columns(""), conditions);
  }

  /** The same in order, behind a key. */
  String table(@Nullable List<String> after, boolean descending, int limit) {
    String behind =
        after == null
            ? "true"
            : "(%s) %s (%s)"
                .formatted(
                    columns("counted."),
                    descending ? "<" : ">",
                    after.stream()
                        .map(value -> parameter(value) + "::text")
                        .collect(Collectors.joining(", ")));
    String order =
        by.stream()
            .map(axis -> column(axis) + (descending ? " DESC" : " ASC"))
            .collect(Collectors.joining(", "));
    return TABLE.formatted(groups(), behind, order, parameter((long) limit));
  }

  /** Of the statement that was asked for last. */
  @Nullable Object[] parameters() {
    return parameters.toArray();
  }

  private String columns(String prefix) {
    return by.stream().map(axis -> prefix + column(axis)).collect(Collectors.joining(", "));
  }

  private String parameter(Object value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  /** The name of an axis, in the tables and in the rows that come. */
  static String column(Axis axis) {
    return switch (axis) {
      case PRODUCT -> "product_id";
      case VERSION -> "version";
      case COUNTRY -> "country";
      case TIMEZONE -> "time_zone";
      case LANGUAGE -> "language";
      case CHANNEL -> "channel";
      case KIND -> "kind";
    };
  }
}
