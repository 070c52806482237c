package io.towncrier.outcomes.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of updates on the devices of a person. */
@ApplicationScoped
class OutcomesOfPerson implements PersonalDataStore {
  private final Database database;

  OutcomesOfPerson(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> tables() {
    return Set.of("device_outcome");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    return database
        .rows(Export.OUTCOMES, row -> row.text("json"), account, (long) MOST_ROWS)
        .map(rows -> Map.of("device_outcome", rows));
  }

  /** They are the device's, which is nobody's any more. */
  @Override
  public Uni<Void> erase(String account) {
    return Uni.createFrom().voidItem();
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    static final String OUTCOMES =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM device_outcome
          JOIN device_account AS link ON link.device_id = device_outcome.device_id
          WHERE link.account_id = $1 AND NOT EXISTS (
            SELECT 1 FROM device_account AS other
            WHERE other.device_id = device_outcome.device_id AND other.account_id <> $1)
          ORDER BY device_outcome.heard_at DESC LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("device_outcome"));
  }
}
