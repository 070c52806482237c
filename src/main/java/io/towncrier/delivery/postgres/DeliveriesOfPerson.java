package io.towncrier.delivery.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.classification.Classification;
import io.towncrier.privacy.rights.PersonalDataStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What became of notices to the devices of a person. */
@ApplicationScoped
class DeliveriesOfPerson implements PersonalDataStore {
  // Deliveries name the accounts that were asked only while they are being sent; versions before
  // let them stand. Before the devices, in the order of claims.
  private static final String FORGET =
      """
      UPDATE delivery SET account_ids = NULL
      WHERE delivery.device_id IN (
          SELECT link.device_id FROM device_account AS link WHERE link.account_id = $1)
        AND delivery.account_ids IS NOT NULL AND delivery.state <> 'SENDING'
      """;

  // An erased account has no alerts and no links to devices any more. An intent of it would find no
  // push, and would only keep the id of the account.
  private static final String FORGET_INTENTS =
      "DELETE FROM recall_intent WHERE recall_intent.owner = $1";

  private final Database database;

  DeliveriesOfPerson(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> tables() {
    return Set.of("delivery");
  }

  @Override
  public Uni<Map<String, List<String>>> export(String account) {
    return database
        .rows(Export.DELIVERIES, row -> row.text("json"), account, (long) MOST_ROWS)
        .map(rows -> Map.of("delivery", rows));
  }

  @Override
  public Uni<Void> restrict(String account) {
    return database
        .update(FORGET, account)
        .chain(() -> database.update(LadderSql.FORGET_OF_ACCOUNT, account))
        .replaceWithVoid();
  }

  /** They are the device's, which is nobody's any more. */
  @Override
  public Uni<Void> erase(String account) {
    return database.update(FORGET_INTENTS, account).replaceWithVoid();
  }

  // Apart, so that the list of all columns is read when it is needed.
  private static final class Export {
    static final String DELIVERIES =
        """
        SELECT to_jsonb(shown)::text AS json
        FROM (
          SELECT %s FROM delivery
          JOIN device_account AS link ON link.device_id = delivery.device_id
          WHERE link.account_id = $1 AND NOT EXISTS (
            SELECT 1 FROM device_account AS other
            WHERE other.device_id = delivery.device_id AND other.account_id <> $1)
          ORDER BY delivery.finished_at DESC NULLS FIRST, delivery.notice_id LIMIT $2) AS shown
        """
            .formatted(Classification.own().selectList("delivery"));
  }
}
