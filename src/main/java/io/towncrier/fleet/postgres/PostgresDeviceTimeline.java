package io.towncrier.fleet.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.fleet.DeviceTimeline;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The timeline of a device, from the tables in which each feature keeps its own. */
@ApplicationScoped
class PostgresDeviceTimeline implements DeviceTimeline {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Database database;

  PostgresDeviceTimeline(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Page<Entry>> list(String deviceId, PageRequest<Key> request) {
    Optional<Key> after = request.after();
    return database
        .rows(
            DeviceTimelineSql.list(request.descending()),
            PostgresDeviceTimeline::entry,
            deviceId,
            after.map(key -> key.at().atOffset(ZoneOffset.UTC)).orElse(null),
            after.map(Key::what).orElse(null),
            after.map(Key::id).orElse(null),
            (long) request.limitAndOne())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () -> database.rows(DeviceTimelineSql.COUNT, Pages::counted, deviceId)));
  }

  private static Entry entry(Row row) {
    return new Entry(
        new Key(row.instant("at"), row.text("what"), row.text("id")),
        row.flag("day_only"),
        facts(row.text("facts")));
  }

  static Facts facts(String json) {
    try {
      JsonNode facts = JSON.readTree(json);
      return new Facts(
          text(facts, "version"),
          text(facts, "notice"),
          text(facts, "noticeKind").map(PostgresDeviceTimeline::code),
          text(facts, "account"),
          text(facts, "state"),
          text(facts, "event"),
          text(facts, "reason"),
          text(facts, "by"),
          text(facts, "detail"),
          facts.hasNonNull("alerts") ? Optional.of(alerts(facts.get("alerts"))) : Optional.empty());
    } catch (JsonProcessingException ours) {
      throw new IllegalStateException("a statement of ours gives no JSON", ours);
    }
  }

  /** As the history of the alerts keeps them. */
  private static Alerts alerts(JsonNode kept) {
    List<String> off = new ArrayList<>();
    kept.path("off").forEach(category -> off.add(code(category.asText())));
    return new Alerts(
        kept.path("push").asBoolean(), off, text(kept, "quietFrom"), text(kept, "quietTo"));
  }

  private static String code(String constant) {
    return constant.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static Optional<String> text(JsonNode node, String member) {
    return node.hasNonNull(member) ? Optional.of(node.get(member).asText()) : Optional.empty();
  }
}
