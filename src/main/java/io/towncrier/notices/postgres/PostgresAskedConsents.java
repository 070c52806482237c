package io.towncrier.notices.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.consents.AskedConsent;
import io.towncrier.consents.AskedConsents;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** What notices that are in inboxes ask for. */
@ApplicationScoped
class PostgresAskedConsents implements AskedConsents {
  private static final String ASKS =
      """
      SELECT notice.asks FROM notice
      WHERE notice.id = $1 AND notice.asks IS NOT NULL
        AND notice.state IN ('STARTED', 'PAUSED', 'DONE')
      """;

  private final Database database;

  PostgresAskedConsents(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<AskedConsent>> of(String notice) {
    return database
        .rows(ASKS, row -> row.text("asks"), notice)
        .map(found -> found.stream().findFirst().flatMap(NoticeJson::asks));
  }
}
