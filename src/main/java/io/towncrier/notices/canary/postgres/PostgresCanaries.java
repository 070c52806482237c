package io.towncrier.notices.canary.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.ladder.DropReason;
import io.towncrier.notices.canary.CanaryStore;
import io.towncrier.platform.Transactions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

/** Canaries in PostgreSQL: notices that are marked, and a row for whose turn it is. */
@ApplicationScoped
class PostgresCanaries implements CanaryStore {
  // A little less: a tick in a cell comes once a minute, and not always at the same second.
  private static final String IS_TIME =
      """
      SELECT 1 AS waited FROM canary_turn
      WHERE canary_turn.taken_at > now() - $1 * interval '1 ms' + interval '5 seconds'
      """;

  private static final String TAKE_TURN =
      """
      INSERT INTO canary_turn AS turn (id, taken_at) VALUES (1, now())
      ON CONFLICT (id) DO UPDATE SET taken_at = excluded.taken_at
      WHERE turn.taken_at <= now() - $1 * interval '1 ms' + interval '5 seconds'
      """;

  // As one that was cancelled it stands in no inbox, and nothing starts or ends it. Its pushes go
  // by what stands in push_content.
  private static final String MARK =
      """
      UPDATE notice
      SET canary = true, state = 'CANCELLED', started_at = $2, expires_at = $3
      WHERE notice.id = $1
      """;

  private static final String PHONES =
      """
      SELECT device.id, device.kit IS NOT NULL AS has_kit, NOT EXISTS (
          SELECT 1 FROM notification_alerts AS alerts
          WHERE NOT alerts.delivery_receipts AND alerts.owner IN (
            SELECT device.id UNION
            SELECT link.account_id FROM device_account AS link WHERE link.device_id = device.id))
          AS receipts
      FROM device
      WHERE device.id = ANY ($1) AND device.revoked_at IS NULL
      """;

  private static final String SENT =
      """
      SELECT delivery.device_id, canary.started_at, delivery.state, delivery.reason,
        delivery.provider, delivery.passed, delivery.shown_at, delivery.dropped_because
      FROM (
        SELECT notice.id, notice.started_at FROM notice
        WHERE notice.canary
        ORDER BY notice.started_at DESC
        LIMIT 3) AS canary
      JOIN delivery ON delivery.notice_id = canary.id
      WHERE delivery.device_id = ANY ($1)
      ORDER BY canary.started_at DESC, delivery.device_id
      """;

  // None that a sender may have in its hands.
  private static final String FORGET_DELIVERIES =
      """
      DELETE FROM delivery
      WHERE (delivery.notice_id, delivery.device_id) IN (
        SELECT old.notice_id, old.device_id FROM delivery AS old
        WHERE old.state <> 'SENDING' AND old.notice_id IN (
          SELECT notice.id FROM notice
          WHERE notice.canary
          ORDER BY notice.started_at DESC
          OFFSET 3)
        FOR UPDATE SKIP LOCKED)
      """;

  // Later than their deliveries, whose end is counted like their beginning.
  private static final String LOCK_OLD =
      """
      SELECT notice.id FROM notice
      WHERE notice.canary AND notice.id IN (
          SELECT canary.id FROM notice AS canary
          WHERE canary.canary
          ORDER BY canary.started_at DESC
          OFFSET 5)
        AND NOT EXISTS (SELECT 1 FROM delivery WHERE delivery.notice_id = notice.id)
        AND NOT EXISTS (SELECT 1 FROM notice_change WHERE notice_change.notice_id = notice.id)
      ORDER BY notice.id
      FOR UPDATE SKIP LOCKED
      """;

  private static final List<String> FORGET =
      List.of(
          "DELETE FROM push_content WHERE push_content.notice_id = ANY ($1)",
          "DELETE FROM notice_count WHERE notice_count.notice_id = ANY ($1)",
          "DELETE FROM notice_series WHERE notice_series.notice_id = ANY ($1)",
          "DELETE FROM notice WHERE notice.id = ANY ($1)");

  private final Database database;
  private final Transactions transactions;

  PostgresCanaries(Database database, Transactions transactions) {
    this.database = database;
    this.transactions = transactions;
  }

  @Override
  public Uni<Boolean> takeTurn(Duration every) {
    double millis = every.toMillis();
    return database
        .rows(IS_TIME, row -> true, millis)
        .chain(
            waited ->
                waited.isEmpty()
                    ? database.update(TAKE_TURN, millis).map(taken -> taken > 0)
                    : Uni.createFrom().item(false));
  }

  @Override
  public Uni<Void> mark(String notice, Instant sentAt, Instant expiresAt) {
    return database
        .update(MARK, notice, sentAt.atOffset(ZoneOffset.UTC), expiresAt.atOffset(ZoneOffset.UTC))
        .replaceWithVoid();
  }

  @Override
  public Uni<List<Phone>> phones(List<String> devices) {
    return database.rows(
        PHONES,
        row -> new Phone(row.text("id"), row.flag("has_kit"), row.flag("receipts")),
        (Object) devices.toArray(String[]::new));
  }

  @Override
  public Uni<List<Sent>> sent(List<String> devices) {
    return database.rows(SENT, PostgresCanaries::sent, (Object) devices.toArray(String[]::new));
  }

  private static Sent sent(Row row) {
    return new Sent(
        row.text("device_id"),
        row.instant("started_at"),
        row.text("state"),
        row.optionalText("reason"),
        row.text("provider"),
        row.texts("passed"),
        row.optionalInstant("shown_at"),
        row.optionalText("dropped_because").map(name -> DropReason.valueOf(name).code()));
  }

  @Override
  public Uni<Void> forgetOld() {
    return database
        .update(FORGET_DELIVERIES)
        .chain(
            () ->
                transactions.inTransaction(
                    () -> database.rows(LOCK_OLD, row -> row.text("id")).chain(this::delete)));
  }

  private Uni<Void> delete(List<String> notices) {
    Uni<Void> all = Uni.createFrom().voidItem();
    if (!notices.isEmpty()) {
      for (String statement : FORGET) {
        all =
            all.chain(
                () ->
                    database
                        .update(statement, (Object) notices.toArray(String[]::new))
                        .replaceWithVoid());
      }
    }
    return all;
  }
}
