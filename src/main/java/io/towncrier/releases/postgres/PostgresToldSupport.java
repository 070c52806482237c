package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.releases.support.ToldSupport;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.LocalDate;
import java.util.List;

/** Which end of support was told, a row a product. */
@ApplicationScoped
class PostgresToldSupport implements ToldSupport {
  private static final String DUE =
      """
      SELECT product.id, product.supported_until
      FROM product LEFT JOIN told_support AS told ON told.product_id = product.id
      WHERE product.supported_until BETWEEN $1 AND $2
        AND told.last_day IS DISTINCT FROM product.supported_until
      ORDER BY product.id
      """;

  private static final String REMEMBER =
      """
      INSERT INTO told_support (product_id, last_day) VALUES ($1, $2)
      ON CONFLICT (product_id) DO UPDATE SET last_day = excluded.last_day
      WHERE told_support.last_day <> excluded.last_day
      """;

  private final Database database;

  PostgresToldSupport(Database database) {
    this.database = database;
  }

  @Override
  public Uni<List<Ending>> due(LocalDate from, LocalDate to) {
    return database.rows(
        DUE,
        row -> new Ending(row.text("id"), row.optionalDate("supported_until").orElseThrow()),
        from,
        to);
  }

  @Override
  public Uni<Boolean> remember(Ending ending) {
    return database.update(REMEMBER, ending.product(), ending.last()).map(rows -> rows == 1);
  }
}
