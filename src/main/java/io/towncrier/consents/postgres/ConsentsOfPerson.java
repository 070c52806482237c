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

  // As with what was switched off: it goes on holding for the device, and names nobody.
  private static final String LEAVE_TO_THE_DEVICE =
      """
      UPDATE consent_answer SET owner = consent_answer.device_id WHERE consent_answer.owner = $1
      """;

  private final Database database;

  ConsentsOfPerson(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> tables() {
    return Set.of("consent_act", "consent_answer");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    return database
        .rows(Export.ACTS, row -> row.text("json"), account, (long) MOST_ROWS)
        .chain(
            acts ->
                database
                    .rows(Export.ANSWERS, row -> row.text("json"), account, (long) MOST_ROWS)
                    .map(answers -> Map.of("consent_act", acts, "consent_answer", answers)));
  }

  /** Those of a device stay with it: it is nobody's any more, and goes by its own period. */
  @Override
  public Uni<Void> erase(String account) {
    return database
        .update(DELETE, account)
        .chain(() -> database.update(LEAVE_TO_THE_DEVICE, account))
        .replaceWithVoid();
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    // What was agreed to on a device that somebody else uses as well is not this person's alone.
    private static final String OWN_DEVICES =
        """
        SELECT link.device_id FROM device_account AS link
        WHERE link.account_id = $1 AND NOT EXISTS (
          SELECT 1 FROM device_account AS other
          WHERE other.device_id = link.device_id AND other.account_id <> $1)
        """;

    static final String ACTS =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM consent_act
          WHERE consent_act.owner = $1 OR consent_act.owner IN (
            %s)
          ORDER BY consent_act.id DESC LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("consent_act"), OWN_DEVICES);

    static final String ANSWERS =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM consent_answer
          WHERE consent_answer.owner = $1 OR consent_answer.owner IN (
            %s)
          ORDER BY consent_answer.at DESC, consent_answer.device_id LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("consent_answer"), OWN_DEVICES);
  }
}
