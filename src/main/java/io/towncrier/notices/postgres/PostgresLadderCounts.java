package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.counts.LadderCounts;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** How far the pushes of a notice came, in PostgreSQL. */
@ApplicationScoped
class PostgresLadderCounts implements LadderCounts {
  // What was accepted is summed up by country, since that stays when a device goes, as steps do.
  private static final String OF =
      """
      SELECT now.axis,
        CASE WHEN now.axis IN ('country', 'reason') THEN '' ELSE now.value END AS value,
        CASE WHEN now.axis = 'reason' THEN '' ELSE now.state END AS state,
        sum(now.devices)::bigint AS devices, sum(now.seen)::bigint AS seen
      FROM notice_now AS now
      WHERE now.notice_id = $1 AND (now.axis IN ('reason', 'step', 'within', 'dropped')
        OR now.axis = 'country' AND now.state = 'ACCEPTED')
      GROUP BY 1, 2, 3
      """;

  private final Database database;

  PostgresLadderCounts(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Ladder> ladder(String notice) {
    return database
        .rows(
            OF,
            row ->
                new Counted(
                    new Count(
                        row.text("axis"),
                        row.text("value"),
                        row.text("state"),
                        row.number("devices")),
                    row.number("seen")),
            notice)
        .map(PostgresLadderCounts::together);
  }

  private static Ladder together(List<Counted> rows) {
    return new Ladder(
        rows.stream()
            .map(Counted::count)
            .filter(count -> count.axis().equals("country"))
            .mapToLong(Count::devices)
            .sum(),
        rows.stream().mapToLong(Counted::seen).sum(),
        rows.stream()
            .map(Counted::count)
            .filter(count -> !List.of("country", "reason").contains(count.axis()))
            .toList());
  }

  private record Counted(Count count, long seen) {}
}
