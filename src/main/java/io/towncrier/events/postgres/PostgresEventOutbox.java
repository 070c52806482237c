package io.towncrier.events.postgres;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.smallrye.mutiny.Uni;
import io.towncrier.events.Event;
import io.towncrier.events.EventOutbox;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outbox of events, and how far each endpoint is. */
@ApplicationScoped
class PostgresEventOutbox implements EventOutbox {
  private static final String ADD =
      """
      WITH event AS (
        INSERT INTO event_out (id, topic, at, data) VALUES ($1, $2, $3, $4::text::jsonb)
        RETURNING event_out.id)
      INSERT INTO event_delivery (event_id, endpoint, state, due_at)
      SELECT event.id, wanting.endpoint, 'waiting', $3
      FROM event CROSS JOIN unnest($5::text[]) AS wanting (endpoint)
      """;

  // A process that dies leaves them; they are due again at $2.
  private static final String CLAIM =
      """
      WITH due AS (
        SELECT waiting.event_id, waiting.endpoint FROM event_delivery AS waiting
        WHERE waiting.state = 'waiting' AND waiting.due_at <= $1
        ORDER BY waiting.due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
      UPDATE event_delivery AS delivery SET due_at = $2
      FROM due JOIN event_out AS event ON event.id = due.event_id
      WHERE delivery.event_id = due.event_id AND delivery.endpoint = due.endpoint
      RETURNING event.id, event.topic, event.at, event.data::text, delivery.endpoint,
        delivery.attempts
      """;

  private static final String SETTLE =
      """
      UPDATE event_delivery
      SET state = $3, due_at = $4, reason = $5, attempts = event_delivery.attempts + 1
      WHERE event_delivery.event_id = $1 AND event_delivery.endpoint = $2
        AND event_delivery.state = 'waiting'
      """;

  private static final String OF_DEAD =
      """
      FROM event_delivery AS delivery JOIN event_out AS event ON event.id = delivery.event_id
      WHERE delivery.state = 'dead'
      """;

  private static final String DEAD =
      """
      SELECT delivery.event_id, delivery.endpoint, event.topic, delivery.attempts,
        delivery.reason, delivery.due_at
      """
          + OF_DEAD
          + """
            AND ($1::text IS NULL OR (delivery.event_id, delivery.endpoint) %1$s ($1, $2::text))
          ORDER BY delivery.event_id %2$s, delivery.endpoint %2$s LIMIT $3
          """;

  private static final String COUNT = Pages.count(OF_DEAD);

  private static final String REVIVE =
      """
      UPDATE event_delivery SET state = 'waiting', attempts = 0, due_at = $3
      WHERE event_delivery.event_id = $1 AND event_delivery.endpoint = $2
        AND event_delivery.state = 'dead'
      """;

  private static final String PRUNE =
      """
      DELETE FROM event_out WHERE event_out.id IN (
        SELECT old.id FROM event_out AS old
        WHERE old.at < $1 AND NOT EXISTS (
          SELECT FROM event_delivery AS delivery
          WHERE delivery.event_id = old.id
            AND (delivery.state = 'waiting' OR delivery.due_at >= $1))
        ORDER BY old.at LIMIT $2)
      """;

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.USE_LONG_FOR_INTS).build();

  private final Database database;

  PostgresEventOutbox(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Void> add(Event event, Set<String> endpoints) {
    return database
        .update(
            ADD,
            event.id(),
            event.topic(),
            time(event.at()),
            json(event.data()),
            endpoints.toArray(String[]::new))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Due>> claim(Instant now, Instant until, int limit) {
    return database.rows(CLAIM, PostgresEventOutbox::due, time(now), time(until), limit);
  }

  @Override
  public Uni<Void> taken(Key key, Instant at) {
    return settle(key, "taken", time(at), null);
  }

  @Override
  public Uni<Void> again(Key key, Instant at, String reason) {
    return settle(key, "waiting", time(at), reason);
  }

  @Override
  public Uni<Void> died(Key key, Instant at, String reason) {
    return settle(key, "dead", time(at), reason);
  }

  private Uni<Void> settle(Key key, String state, OffsetDateTime at, @Nullable String reason) {
    return database
        .update(SETTLE, key.event(), key.endpoint(), state, at, reason)
        .replaceWithVoid();
  }

  @Override
  public Uni<Page<Dead>> dead(PageRequest<Key> request) {
    return database
        .rows(
            Pages.ordered(DEAD, request.descending()),
            row ->
                new Dead(
                    new Key(row.text("event_id"), row.text("endpoint")),
                    row.text("topic"),
                    (int) row.number("attempts"),
                    row.optionalText("reason").orElse(""),
                    row.instant("due_at")),
            request.after().map(Key::event).orElse(null),
            request.after().map(Key::endpoint).orElse(null),
            request.limitAndOne())
        .chain(found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted)));
  }

  @Override
  public Uni<Boolean> revive(Key key, Instant now) {
    return database.update(REVIVE, key.event(), key.endpoint(), time(now)).map(rows -> rows == 1);
  }

  @Override
  public Uni<Integer> prune(Instant before, int limit) {
    return database.update(PRUNE, time(before), limit);
  }

  private static Due due(Row row) {
    return new Due(
        new Event(row.text("id"), row.text("topic"), row.instant("at"), data(row.text("data"))),
        row.text("endpoint"),
        (int) row.number("attempts"));
  }

  private static Map<String, Object> data(String json) {
    try {
      return JSON.readValue(json, new TypeReference<>() {});
    } catch (JsonProcessingException broken) {
      throw new IllegalStateException("the data of a stored event cannot be read", broken);
    }
  }

  private static String json(Map<String, Object> data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static OffsetDateTime time(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
