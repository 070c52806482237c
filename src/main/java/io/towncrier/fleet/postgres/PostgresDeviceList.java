package io.towncrier.fleet.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.Device;
import io.towncrier.fleet.DeviceList;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.KeyedHashes;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.Indexes;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lists of devices in PostgreSQL. They read the tables of the feature devices. */
@ApplicationScoped
class PostgresDeviceList implements DeviceList {
  private static final String LISTED =
      """
      SELECT device.id, device.kind, device.product_id, device.version, device.country,
        device.time_zone, device.language, device.channel, device.hardware,
        EXISTS (
          SELECT 1 FROM device_account AS link WHERE link.device_id = device.id) AS linked,
        device.push_sealed IS NOT NULL AS push_address, device.revoked_at IS NOT NULL AS revoked,
        device.registered_at, device.last_seen_on
      FROM device
      """;

  private static final String FIND = LISTED + "WHERE device.id = $1";

  private static final String BY_IDENTIFIER =
      LISTED
          + """
          WHERE device.identifier_index = ANY ($1)
          ORDER BY device.registered_at DESC, device.id
          LIMIT $2
          """;

  private final Database database;

  PostgresDeviceList(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Page<Listed>> list(Query query, PageRequest<String> request) {
    Conditions all = new Conditions(query);
    Conditions behind = new Conditions(query);
    request
        .after()
        .ifPresent(id -> behind.add("device.id " + (request.descending() ? "<" : ">") + " %s", id));
    String statement =
        LISTED
            + behind.where()
            + "ORDER BY device.id "
            + (request.descending() ? "DESC" : "ASC")
            + " LIMIT "
            + request.limitAndOne();
    return database
        .rows(statement, PostgresDeviceList::listed, behind.parameters())
        .chain(found -> Pages.of(found, request, () -> count(all)));
  }

  @Override
  public Uni<List<Listed>> between(Query query, String after, String upTo) {
    Conditions within = new Conditions(query);
    within.add("device.id > %s", after);
    within.add("device.id <= %s", upTo);
    return database.rows(
        LISTED + within.where() + "ORDER BY device.id",
        PostgresDeviceList::listed,
        within.parameters());
  }

  private Uni<List<Long>> count(Conditions all) {
    return database.rows(
        Pages.count("FROM device " + all.where()), Pages::counted, all.parameters());
  }

  @Override
  public Uni<Optional<Listed>> find(String id) {
    return database
        .rows(FIND, PostgresDeviceList::listed, id)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<List<Listed>> byIdentifier(Indexes index, int limit) {
    return database.rows(
        BY_IDENTIFIER, PostgresDeviceList::listed, KeyedHashes.of(index.all()), (long) limit);
  }

  private static Listed listed(Row row) {
    return new Listed(
        row.text("id"),
        Device.Kind.valueOf(row.text("kind")),
        row.text("product_id"),
        row.text("version"),
        row.optionalText("country"),
        row.optionalText("time_zone"),
        row.optionalText("language"),
        row.text("channel"),
        row.optionalText("hardware"),
        row.flag("linked"),
        row.flag("push_address"),
        row.flag("revoked"),
        row.instant("registered_at"),
        row.optionalDate("last_seen_on").orElseThrow());
  }

  /** Only conditions that there are stand in the statement, so that each finds its index. */
  private static final class Conditions {
    private final List<String> all = new ArrayList<>(List.of("true"));
    private final List<@Nullable Object> parameters = new ArrayList<>();

    Conditions(Query query) {
      query.product().ifPresent(product -> add("device.product_id = %s", product));
      query.version().ifPresent(version -> add("device.version = %s", version));
      query.country().ifPresent(this::addCountry);
      query.account().ifPresent(this::addAccount);
      // As they are: of a parameter the planner does not know whether a day is rare.
      query.seenFrom().ifPresent(day -> all.add("device.last_seen_on >= DATE '" + day + "'"));
      query.seenBefore().ifPresent(day -> all.add("device.last_seen_on < DATE '" + day + "'"));
    }

    private void addCountry(String country) {
      if (country.isEmpty()) {
        all.add("device.country IS NULL");
      } else {
        add("device.country = %s", country);
      }
    }

    private void addAccount(String account) {
      add(
          """
          device.id IN (
              SELECT link.device_id FROM device_account AS link WHERE link.account_id = %s)""",
          account);
    }

    void add(String condition, Object value) {
      parameters.add(value);
      all.add(condition.formatted("$" + parameters.size()));
    }

    String where() {
      return "WHERE " + String.join("\n  AND ", all) + "\n";
    }

    @Nullable Object[] parameters() {
      return parameters.toArray();
    }
  }
}
