package io.towncrier.notices.postgres;

import io.towncrier.devices.Device;
import io.towncrier.notices.audience.Audience;
import io.towncrier.notices.audience.Selection;
import io.towncrier.platform.CountryCode;
import io.towncrier.reports.ReportKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The recipients of a notice as a sub-query, and its parameters from {@code $1} on. Only conditions
 * that there are stand in it: planning a million rows affords none that is always true.
 */
final class RecipientSql {
  // Phones may come twice: through a router, through several, and of themselves.
  private static final String PHONES_OF_ROUTERS =
      """
      SELECT phone.id, coalesce(phone.time_zone, '') AS time_zone,
        coalesce(phone.country, '') AS country%s
      FROM device
      JOIN device_account AS mine ON mine.device_id = device.id
      JOIN device_account AS shared ON shared.account_id = mine.account_id
      JOIN device AS phone ON phone.id = shared.device_id
      WHERE device.kind = 'ROUTER' AND phone.kind = 'PHONE' AND phone.revoked_at IS NULL
        AND\s""";

  private static final String OF_ITSELF =
      """
      SELECT device.id, coalesce(device.time_zone, '') AS time_zone,
        coalesce(device.country, '') AS country%s
      FROM device
      WHERE\s""";

  private final List<String> conditions = new ArrayList<>(List.of("device.revoked_at IS NULL"));
  private final List<@Nullable Object> parameters = new ArrayList<>();
  private final boolean routers;
  private String range = "";

  private RecipientSql(boolean routers) {
    this.routers = routers;
  }

  static RecipientSql of(Selection selection) {
    Audience audience = selection.audience();
    RecipientSql sql =
        new RecipientSql(audience.kind().map(k -> k == Device.Kind.ROUTER).orElse(true));
    sql.oneOf("device.product_id = ANY (%s)", audience.products());
    selection
        .versions()
        .ifPresent(v -> sql.add("device.version = ANY (%s)", v.toArray(String[]::new)));
    sql.oneOf("device.country = ANY (%s)", texts(audience.countries(), CountryCode::value));
    selection
        .languages()
        .ifPresent(l -> sql.add("device.language = ANY (%s)", l.toArray(String[]::new)));
    sql.oneOf("device.channel = ANY (%s)", audience.channels());
    audience.kind().ifPresent(kind -> sql.add("device.kind = %s", kind.name()));
    sql.oneOf("device.id = ANY (%s)", audience.devices());
    sql.oneOf(
        """
        device.id IN (
            SELECT link.device_id FROM device_account AS link WHERE link.account_id = ANY (%s))""",
        audience.accounts());
    selection.seenSince().ifPresent(day -> sql.add("device.last_seen_on >= %s", day));
    return sql;
  }

  /**
   * Columns id, time_zone and country, both empty where they are not known, and about: the router
   * by which a phone is addressed, or null. A device may stand there more than once.
   */
  String some() {
    return joined("UNION ALL", ", NULL::text AS about", ", device.id");
  }

  /** The first three columns; each device once. */
  String each() {
    return joined(routers ? "UNION" : "UNION ALL", "", "");
  }

  /** Only recipients with these ids. */
  RecipientSql within(ReportKind.IdRange ids) {
    parameters.add(ids.after());
    parameters.add(ids.upTo());
    range =
        "\n  AND %%1$s.id > $%d AND %%1$s.id <= $%d"
            .formatted(parameters.size() - 1, parameters.size());
    return this;
  }

  private String joined(String union, String ofItself, String ofRouter) {
    String all = conditions();
    String addressed = OF_ITSELF.formatted(ofItself) + all + range.formatted("device");
    return routers
        ? addressed
            + "\n"
            + union
            + "\n"
            + PHONES_OF_ROUTERS.formatted(ofRouter)
            + all
            + range.formatted("phone")
        : addressed;
  }

  /** What it asks of {@code device}. */
  String conditions() {
    return String.join("\n  AND ", conditions);
  }

  /** The next parameters of a statement around it, as {@code $n}. */
  String parameter(int further) {
    return "$" + (parameters.size() + further);
  }

  /** All parameters: those of the sub-query, and behind them these. */
  @Nullable Object[] with(@Nullable Object... further) {
    return Stream.concat(parameters.stream(), Arrays.stream(further)).toArray();
  }

  private void oneOf(String condition, List<String> values) {
    if (!values.isEmpty()) {
      add(condition, values.toArray(String[]::new));
    }
  }

  private void add(String condition, Object value) {
    parameters.add(value);
    String cast =
        value instanceof String[] ? "::text[]" : value instanceof String ? "::text" : "::date";
    conditions.add(condition.formatted("$" + parameters.size() + cast));
  }

  private static <T> List<String> texts(List<T> values, Function<T, String> text) {
    return values.stream().map(text).toList();
  }
}
