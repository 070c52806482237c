package io.towncrier.preferences.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.EssentialsLog;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Set;

/** Which categories were essential, in PostgreSQL. */
@ApplicationScoped
class PostgresEssentialsLog implements EssentialsLog {
  // Processes that start together: one writes, the others then find nothing changed.
  private static final String LOCK = "LOCK TABLE essential_categories IN SHARE ROW EXCLUSIVE MODE";

  private static final String KEEP =
      """
      INSERT INTO essential_categories (was, became)
      SELECT latest.became, $1::text[]
      FROM (SELECT 1) AS always
      LEFT JOIN (
        SELECT essential.became FROM essential_categories AS essential
        ORDER BY essential.id DESC LIMIT 1) AS latest ON true
      WHERE latest.became IS DISTINCT FROM $1::text[]
      """;

  private final Database database;

  PostgresEssentialsLog(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Boolean> keep(Set<Category> essential) {
    String[] codes = essential.stream().map(Category::code).sorted().toArray(String[]::new);
    return database
        .update(LOCK)
        .chain(() -> database.update(KEEP, (Object) codes))
        .map(rows -> rows == 1);
  }
}
