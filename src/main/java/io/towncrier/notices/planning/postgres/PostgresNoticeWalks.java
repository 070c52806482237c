package io.towncrier.notices.planning.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.planning.NoticeWalks;
import io.towncrier.notices.planning.Walk;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How far notices are planned, in PostgreSQL. */
@ApplicationScoped
class PostgresNoticeWalks implements NoticeWalks {
  private static final String BEGIN =
      """
      INSERT INTO notice_walk AS walk (notice_id, urgent, after, planned, walked_at)
      SELECT notice.id, $2::boolean, '', 0, clock_timestamp() FROM notice WHERE notice.id = $1
      RETURNING walk.notice_id, walk.after, walk.planned,
        (SELECT notice.previewed_at FROM notice WHERE notice.id = $1) AS previewed_at
      """;

  // Held until the commit of the page: who dies holding it lets go of it.
  private static final String TAKE =
      """
      SELECT walk.notice_id, walk.after, walk.planned,
        (SELECT notice.previewed_at FROM notice WHERE notice.id = walk.notice_id) AS previewed_at
      FROM notice_walk AS walk
      WHERE walk.through_at IS NULL AND walk.notice_id <> ALL ($1::text[])
      ORDER BY walk.urgent DESC, walk.walked_at
      LIMIT 1
      FOR UPDATE SKIP LOCKED
      """;

  private static final String ADVANCE =
      """
      UPDATE notice_walk
      SET after = $2, planned = notice_walk.planned + $3, newer = notice_walk.newer + $4,
        walked_at = clock_timestamp(), through_at = CASE WHEN $5 THEN clock_timestamp() END
      WHERE notice_walk.notice_id = $1
      """;

  private static final String CLOSE =
      "UPDATE notice_walk SET through_at = clock_timestamp() WHERE notice_walk.notice_id = $1";

  // In this order, as all who plan several for one device: none waits for another in a circle.
  private static final String OPEN_WITHOUT =
      """
      SELECT walk.notice_id FROM notice_walk AS walk
      JOIN notice ON notice.id = walk.notice_id
      WHERE walk.through_at IS NULL AND notice.state IN ('STARTED', 'PAUSED', 'DONE')
        AND NOT EXISTS (
          SELECT 1 FROM delivery
          WHERE delivery.notice_id = walk.notice_id AND delivery.device_id = $1)
      ORDER BY walk.notice_id
      """;

  private static final String STANDING =
      """
      SELECT walk.planned, walk.through_at, notice.previewed, notice.previewed_at, walk.newer
      FROM notice_walk AS walk
      JOIN notice ON notice.id = walk.notice_id
      WHERE walk.notice_id = $1
      """;

  private final Database database;

  PostgresNoticeWalks(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Walk> begin(String notice, boolean urgent) {
    return database.rows(BEGIN, PostgresNoticeWalks::walk, notice, urgent).map(rows -> rows.get(0));
  }

  @Override
  public Uni<Optional<Walk>> take(Set<String> except) {
    return database
        .rows(TAKE, PostgresNoticeWalks::walk, (Object) except.toArray(String[]::new))
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> advance(String notice, Step step) {
    return database
        .update(ADVANCE, notice, step.next(), (long) step.planned(), step.newer(), step.last())
        .replaceWithVoid();
  }

  @Override
  public Uni<Void> close(String notice) {
    return database.update(CLOSE, notice).replaceWithVoid();
  }

  @Override
  public Uni<List<String>> openWithout(String device) {
    return database.rows(OPEN_WITHOUT, row -> row.text("notice_id"), device);
  }

  @Override
  public Uni<Optional<Standing>> of(String notice) {
    return database
        .rows(STANDING, PostgresNoticeWalks::standing, notice)
        .map(rows -> rows.stream().findFirst());
  }

  private static Walk walk(Row row) {
    return new Walk(
        row.text("notice_id"),
        row.text("after"),
        row.number("planned"),
        row.optionalInstant("previewed_at"));
  }

  private static Standing standing(Row row) {
    return new Standing(
        row.number("planned"),
        row.optionalInstant("through_at"),
        row.optionalInstant("previewed_at").map(at -> new Preview(row.number("previewed"), at)),
        row.number("newer"));
  }
}
