package io.towncrier.fleet.postgres;

import io.towncrier.platform.postgres.Pages;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The statements of a device's timeline. They read tables of the features devices, outcomes,
 * delivery, notices, preferences, consents and audit.
 *
 * <p>Each part finds its rows by an index that begins with the device or with one of its accounts,
 * and gives no more of them than the page needs.
 */
final class DeviceTimelineSql {
  // What is known by its day stands above all else of that day: it may have been the last of it.
  private static final String DEVICE =
      """
      SELECT known.at, known.day_only, known.what, '' AS id,
        CASE WHEN known.what = 'seen' THEN jsonb_build_object('version', device.version)
          ELSE '{}'::jsonb END AS facts
      FROM device
      CROSS JOIN LATERAL (VALUES
        (device.registered_at, false, 'registered'),
        (device.imported_at, false, 'imported'),
        (CASE WHEN device.removed_at IS NULL THEN device.revoked_at END, false, 'revoked'),
        (device.removed_at, false, 'removed'),
        (%s, true, 'seen'),
        (%s, true, 'address-confirmed')) AS known (at, day_only, what)
      WHERE device.id = $1 AND known.at IS NOT NULL
      """
          .formatted(endOf("device.last_seen_on"), endOf("device.push_confirmed_on"));

  private static final String LINKED =
      """
      SELECT %s AS at, true AS day_only, 'linked' AS what, link.account_id AS id,
        jsonb_build_object('account', link.account_id) AS facts
      FROM device_account AS link
      WHERE link.device_id = $1 AND link.linked_on IS NOT NULL
      """
          .formatted(endOf("link.linked_on"));

  private static final String UPDATES =
      """
      SELECT (step.entry ->> 'at')::timestamptz AS at, false AS day_only, 'update' AS what,
        attempt.version || ' ' || lpad(step.place::text, 4, '0') AS id,
        jsonb_build_object('version', attempt.version, 'state', step.entry ->> 'state',
          'event', step.entry ->> 'event', 'reason', step.entry ->> 'code',
          'detail', step.entry ->> 'detail') AS facts
      FROM device_outcome AS attempt
      CROSS JOIN LATERAL jsonb_array_elements(attempt.history)
        WITH ORDINALITY AS step (entry, place)
      WHERE attempt.device_id = $1
      """;

  private static final String DELIVERIES =
      """
      SELECT coalesce(delivery.finished_at, CASE WHEN delivery.state = 'SENDING'
          THEN delivery.claimed_due_at END, delivery.due_at) AS at, false AS day_only,
        'delivery' AS what, delivery.notice_id AS id,
        jsonb_build_object('notice', delivery.notice_id, 'noticeKind', notice.kind,
          'state', lower(delivery.state), 'reason', delivery.reason) AS facts
      FROM delivery
      LEFT JOIN notice ON notice.id = delivery.notice_id
      WHERE delivery.device_id = $1
      """;

  private static final String READ =
      """
      SELECT delivery.read_at AS at, false AS day_only, 'read' AS what, delivery.notice_id AS id,
        jsonb_build_object('notice', delivery.notice_id, 'noticeKind', notice.kind) AS facts
      FROM delivery
      LEFT JOIN notice ON notice.id = delivery.notice_id
      WHERE delivery.device_id = $1 AND delivery.read_at IS NOT NULL
      """;

  /** The device, and each account whose settings and consents hold for it as well. */
  private static final String OWNERS =
      """
      FROM (
        SELECT $1::text AS id, NULL::text AS account
        UNION ALL
        SELECT link.account_id, link.account_id FROM device_account AS link
        WHERE link.device_id = $1) AS owner
      """;

  private static final String ALERTS =
      """
      SELECT history.changed_at AS at, false AS day_only, 'alerts-changed' AS what,
        history.owner || ' ' || lpad(history.version::text, 10, '0') AS id,
        jsonb_build_object('account', owner.account, 'by', lower(history.source),
          'alerts', history.became) AS facts
      """
          + OWNERS
          + "JOIN notification_alerts_history AS history ON history.owner = owner.id\n";

  private static final String CONSENTS =
      """
      SELECT act.at, false AS day_only,
        CASE WHEN act.withdrawn THEN 'consent-withdrawn' ELSE 'consent-given' END AS what,
        lpad(act.id::text, 20, '0') AS id,
        jsonb_build_object('account', owner.account,
          'state', lower(replace(act.kind, '_', '-'))) AS facts
      """
          + OWNERS
          + "JOIN consent_act AS act ON act.owner = owner.id\n";

  private static final String ACTS =
      """
      SELECT entry.at, false AS day_only, 'operator' AS what,
        lpad(entry.number::text, 20, '0') AS id,
        jsonb_build_object('state', entry.action, 'by', entry.actor,
          'detail', nullif(entry.detail, '')) AS facts
      FROM audit_entry AS entry
      WHERE entry.subject = $1
      """;

  private static final List<String> PARTS =
      List.of(DEVICE, LINKED, UPDATES, DELIVERIES, READ, ALERTS, CONSENTS, ACTS);

  // $2 to $4: the key of the last entry of the page before; $5: how many entries.
  private static final String PAGE =
      """
      WHERE $2::timestamptz IS NULL
        OR (entry.at, entry.what, entry.id) %1$s ($2::timestamptz, $3::text, $4::text)
      ORDER BY entry.at %2$s, entry.what %2$s, entry.id %2$s
      LIMIT $5
      """;

  // Each part is planned by itself: for a page by time the planner would else go back through the
  // history of everybody by its time, and look for what is this device's.
  private static final String LIST =
      PARTS.stream()
          .map(part -> "(SELECT entry.* FROM (\n" + part + "OFFSET 0) AS entry\n" + PAGE + ")")
          .collect(
              Collectors.joining(
                  "\nUNION ALL\n",
                  """
                  SELECT entry.at, entry.day_only, entry.what, entry.id, entry.facts::text AS facts
                  FROM (
                  """,
                  """
                  ) AS entry
                  ORDER BY entry.at %2$s, entry.what %2$s, entry.id %2$s
                  LIMIT $5
                  """));

  static final String COUNT =
      Pages.count(
          "FROM (\n"
              + PARTS.stream()
                  .map(part -> "SELECT entry.at FROM (\n" + part + ") AS entry\n")
                  .collect(Collectors.joining("UNION ALL\n"))
              + ") AS entry");

  private DeviceTimelineSql() {}

  static String list(boolean descending) {
    return Pages.ordered(LIST, descending);
  }

  private static String endOf(String day) {
    return "(" + day + " + 1)::timestamp AT TIME ZONE 'UTC' - interval '1 microsecond'";
  }
}
