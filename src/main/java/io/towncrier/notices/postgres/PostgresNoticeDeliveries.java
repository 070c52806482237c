package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.counts.NoticeDeliveries;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Deliveries of a notice in PostgreSQL; the counts say how many they are. */
@ApplicationScoped
class PostgresNoticeDeliveries implements NoticeDeliveries {
  private static final String LIST =
      """
      SELECT delivery.device_id, delivery.state, delivery.reason, delivery.attempts,
        CASE WHEN delivery.state = 'SENDING' THEN coalesce(delivery.claimed_due_at, delivery.due_at)
          ELSE delivery.due_at END AS due_at,
        delivery.finished_at, delivery.read_at
      FROM delivery
      WHERE delivery.notice_id = $1
      """;

  private static final String COUNT =
      """
      SELECT least(coalesce(sum(now.devices), 0), 10001)::bigint AS deliveries
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND now.axis = 'reason'
        AND ($2::text IS NULL OR now.state = $2) AND ($3::text IS NULL OR now.value = $3)
      """;

  private final Database database;

  PostgresNoticeDeliveries(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Page<Listed>> list(
      String notice, Optional<State> state, Optional<String> reason, PageRequest<String> request) {
    List<@Nullable Object> parameters = new ArrayList<>(List.of(notice));
    // The state as it is: an index holds two of them, and of a parameter nobody knows which it is.
    String statement =
        LIST
            + state.map(in -> "  AND delivery.state = '" + in.name() + "'\n").orElse("")
            + reason.map(why -> "  AND delivery.reason = " + add(parameters, why) + "\n").orElse("")
            + request
                .after()
                .map(
                    id ->
                        "  AND delivery.device_id "
                            + (request.descending() ? "< " : "> ")
                            + add(parameters, id)
                            + "\n")
                .orElse("")
            + "ORDER BY delivery.device_id "
            + (request.descending() ? "DESC" : "ASC")
            + " LIMIT "
            + request.limitAndOne();
    return database
        .rows(statement, PostgresNoticeDeliveries::listed, parameters.toArray())
        .chain(
            found ->
                Pages.of(
                    found,
                    request,
                    () ->
                        database.rows(
                            COUNT,
                            row -> row.number("deliveries"),
                            notice,
                            state.map(State::name).orElse(null),
                            reason.orElse(null))));
  }

  private static String add(List<@Nullable Object> parameters, String value) {
    parameters.add(value);
    return "$" + parameters.size();
  }

  private static Listed listed(Row row) {
    return new Listed(
        row.text("device_id"),
        State.valueOf(row.text("state")),
        row.optionalText("reason"),
        (int) row.number("attempts"),
        row.instant("due_at"),
        row.optionalInstant("finished_at"),
        row.optionalInstant("read_at"));
  }
}
