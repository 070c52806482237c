package io.towncrier.consents.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a person has agreed to, and has withdrawn: by the account, and on its devices. */
@ApplicationScoped
class ConsentsOfPerson implements PersonalDataStore {
  private static final String DELETE = "DELETE FROM consent_act WHERE consent_act.owner = $1";

  private final Database database;

  ConsentsOfPerson(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> tables() {
    return Set.of("consent_act");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    return database
        .rows(Export.ACTS, row -> row.text("json"), account, (long) MOST_ROWS)
        .map(rows -> Map.of("consent_act", rows));
  }

  /** Those of a device stay with it: it is nobody's any more, and goes by its own period. */
  @Override
  public Uni<Void> erase(String account) {
    return database.update(DELETE, account).replaceWithVoid();
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    // What was agreed to on a device that somebody else uses as well is not this person's alone.
    static final String ACTS =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM consent_act
          WHERE consent_act.owner = $1 OR consent_act.owner IN (
            SELECT link.device_id FROM device_account AS link
            WHERE link.account_id = $1 AND NOT EXISTS (
              SELECT 1 FROM device_account AS other
              WHERE other.device_id = link.device_id AND other.account_id <> $1))
          ORDER BY consent_act.id DESC LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("consent_act"));
  }
}
