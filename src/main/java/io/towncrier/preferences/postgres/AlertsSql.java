package io.towncrier.preferences.postgres;

import io.towncrier.platform.postgres.Pages;

/**
 * The statements of the notification alerts. Those that begin with a device or an account sign it
 * in as they read (docs/adr/0036).
 */
final class AlertsSql {
  private static final String COLUMNS =
      """
      alerts.push, alerts.categories_off, alerts.quiet_from, alerts.quiet_to, alerts.version,
        alerts.in_app_off, alerts.delivery_receipts
      """;

  // $1 is an id and $2 a keyed hash, each where it is needed.
  private static final String KNOWN =
      "FROM (SELECT $1::text WHERE $2::bytea[] IS NULL) AS owner (id)\n";

  private static final String DEVICE =
      """
      FROM (
        SELECT device.id FROM device WHERE device.id = $1 AND device.secret_index = ANY ($2)
      ) AS owner (id)
      """;

  private static final String ACCOUNT =
      """
      FROM (
        SELECT account.id FROM account WHERE $1::text IS NULL AND account.subject_index = ANY ($2)
      ) AS owner (id)
      """;

  // A cancellation waits for the change, or the change for it: then there is no account any more.
  private static final String ACCOUNT_HELD =
      """
      FROM (
        SELECT account.id FROM account WHERE $1::text IS NULL AND account.subject_index = ANY ($2)
        FOR KEY SHARE
      ) AS owner (id)
      """;

  private static final String LOOK =
      "LEFT JOIN notification_alerts AS alerts ON alerts.owner = owner.id";

  // What waited for the lock sees what was changed meanwhile. A row that is not there is made by a
  // statement of its own: nobody who repeats a change writes one again.
  private static final String LOCK =
      """
      LEFT JOIN LATERAL (
        SELECT * FROM notification_alerts AS mine WHERE mine.owner = owner.id FOR UPDATE
      ) AS alerts ON true
      """;

  /** The owner, and its alerts as far as there are any. */
  static final String FIND = found(KNOWN, LOOK);

  static final String FIND_OF_DEVICE = found(DEVICE, LOOK);
  static final String FIND_OF_ACCOUNT = found(ACCOUNT, LOOK);

  /** The same, locked FOR UPDATE until the transaction ends. */
  static final String LOCK_FOR_CHANGE = found(KNOWN, LOCK);

  static final String LOCK_OF_DEVICE = found(DEVICE, LOCK);
  static final String LOCK_OF_ACCOUNT = found(ACCOUNT_HELD, LOCK);

  // FOR SHARE and nothing weaker: FOR KEY SHARE lets an opt-out pass (docs/adr/0004).
  static final String LOCK_FOR_SHARE =
      "SELECT alerts.owner, "
          + COLUMNS
          + """
          FROM notification_alerts AS alerts
          WHERE alerts.owner = ANY ($1)
          ORDER BY alerts.owner
          FOR SHARE
          """;

  /** In the same order, of those who change them. */
  static final String LOCK_ALL_FOR_UPDATE = LOCK_FOR_SHARE.replace("FOR SHARE", "FOR UPDATE");

  static final String MAKE_MISSING =
      """
      INSERT INTO notification_alerts (owner, push, categories_off, default_off, in_app_off,
        default_in_app_off)
      SELECT wanted.owner, $2, $3, $3, $4, $4 FROM unnest($1::text[]) AS wanted (owner)
      ORDER BY wanted.owner
      ON CONFLICT (owner) DO NOTHING
      """;

  private static final String MAKE =
      """
      INSERT INTO notification_alerts AS alerts (owner, push, categories_off, default_off,
        in_app_off, default_in_app_off)
      SELECT wanted.owner, $1::boolean, $2::text[], $2::text[], $3::text[], $3::text[]
      """;

  // The conflict is with one who was faster: the row is locked, as it is now.
  private static final String OR_LOCK =
      """
      ON CONFLICT (owner) DO UPDATE SET version = alerts.version
      RETURNING alerts.owner,
      """
          + COLUMNS;

  /** Makes the alerts of an owner, and locks them. */
  static final String MAKE_AND_LOCK = MAKE + "FROM (SELECT $4::text) AS wanted (owner) " + OR_LOCK;

  /** The same of a user who has no account; the faster of two transactions makes it. */
  static final String MAKE_ACCOUNT_AND_LOCK =
      """
      WITH wanted AS (
        INSERT INTO account (id, subject_index, subject_sealed, created_at)
        VALUES ($4, $5, $6, now())
        ON CONFLICT (subject_index) DO UPDATE SET subject_index = excluded.subject_index
        RETURNING account.id AS owner)
      """
          + MAKE
          + "FROM wanted "
          + OR_LOCK;

  /** The alerts, and with them their history, of which the newest 1,000 are kept. */
  static final String SAVE =
      """
      WITH saved AS (
        UPDATE notification_alerts
        SET push = $2, categories_off = $3, quiet_from = $4, quiet_to = $5, version = $6,
          in_app_off = $7, changed_at = $8, delivery_receipts = $12
        WHERE notification_alerts.owner = $1
        RETURNING notification_alerts.owner),
      forgotten AS (
        DELETE FROM notification_alerts_history AS history
        WHERE history.owner = $1 AND history.version <= $6 - 1000)
      INSERT INTO notification_alerts_history (owner, version, changed_at, source, was, became)
      SELECT saved.owner, $6, $8, $9, $10::text::jsonb, $11::text::jsonb FROM saved
      """;

  static final String CHANGED_AT =
      """
      SELECT history.changed_at FROM notification_alerts_history AS history
      WHERE history.owner = $1 AND history.version = $2
      """;

  static final String HISTORY =
      """
      SELECT history.source, history.was::text, history.became::text, history.changed_at
      FROM notification_alerts_history AS history
      WHERE history.owner = $1 AND ($2::integer IS NULL OR history.version %s $2)
      ORDER BY history.version %s
      LIMIT $3
      """;

  static final String COUNT_HISTORY =
      Pages.count("FROM notification_alerts_history AS history WHERE history.owner = $1");

  private AlertsSql() {}

  private static String found(String owner, String alerts) {
    return "SELECT owner.id AS owner, " + COLUMNS + owner + alerts;
  }
}
