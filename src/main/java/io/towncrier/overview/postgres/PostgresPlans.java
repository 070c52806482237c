package io.towncrier.overview.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.overview.PlansStore;
import io.towncrier.overview.Upcoming;
import io.towncrier.overview.Waiting;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads the tables of the catalogue and the notices. */
@ApplicationScoped
class PostgresPlans implements PlansStore {
  private static final String WAITING =
      """
      (SELECT 'NOTICE' AS what, notice.id,
        coalesce(notice.texts::jsonb -> notice.default_language ->> 'title', '') AS title,
        notice.state,
        ARRAY(SELECT jsonb_array_elements_text(
          coalesce(notice.writers::jsonb, to_jsonb(ARRAY[notice.author])))) AS writers,
        notice.created_at AS since
      FROM notice WHERE notice.state IN ('DRAFT', 'APPROVED')
      ORDER BY notice.created_at DESC, notice.id DESC
      LIMIT $1)
      UNION ALL
      (SELECT 'RELEASE', release.product_id || ':' || release.version,
        product.name || ' ' || release.version, 'DRAFT', release.writers, made.at
      FROM release
      JOIN product ON product.id = release.product_id
      CROSS JOIN LATERAL (
        SELECT coalesce(max(entry.at), to_timestamp(0)) AS at FROM audit_entry AS entry
        WHERE entry.subject = release.product_id || ':' || release.version) AS made
      WHERE release.state = 'draft'
      ORDER BY made.at DESC, 2
      LIMIT $1)
      ORDER BY since DESC, 2
      """;

  private static final String PLANNED =
      """
      SELECT notice.starts_at AS at, 'NOTICE' AS what, notice.id,
        notice.texts::jsonb -> notice.default_language ->> 'title' AS title
      FROM notice
      WHERE notice.state = 'SCHEDULED' AND notice.starts_at > $1 AND notice.starts_at <= $2
      UNION ALL
      SELECT product.supported_until::timestamp AT TIME ZONE 'UTC', 'SUPPORT_END', product.id,
        product.name
      FROM product
      WHERE product.supported_until::timestamp AT TIME ZONE 'UTC' > $1
        AND product.supported_until::timestamp AT TIME ZONE 'UTC' <= $2
      ORDER BY at, 3
      LIMIT $3
      """;

  private static final String CATALOGUE =
      "SELECT catalogue_revision.number FROM catalogue_revision";

  private final Database database;

  PostgresPlans(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<Waiting>> waiting(int limit) {
    return database.rows(WAITING, PostgresPlans::waiting, (long) limit);
  }

  private static Waiting waiting(Row row) {
    return new Waiting(
        Waiting.What.valueOf(row.text("what")),
        row.text("id"),
        row.text("title"),
        Waiting.State.valueOf(row.text("state")),
        new HashSet<>(row.texts("writers")),
        row.instant("since"));
  }

  @Override
  public Uni<List<Upcoming>> planned(Instant from, Instant until, int limit) {
    return database.rows(
        PLANNED,
        row ->
            new Upcoming(
                row.instant("at"),
                Upcoming.What.valueOf(row.text("what")),
                row.text("id"),
                row.optionalText("title"),
                Optional.empty()),
        from.atOffset(ZoneOffset.UTC),
        until.atOffset(ZoneOffset.UTC),
        (long) limit);
  }

  @Override
  public Uni<Long> catalogue() {
    return database.rows(CATALOGUE, row -> row.number("number")).map(rows -> rows.get(0));
  }
}
