package io.towncrier.ddi.postgres;

/** The statements of actions. Each begins with the device's row, so that none waits in a circle. */
final class ActionSql {
  static final String LOCK_DEVICE =
      "SELECT device.action_open FROM device WHERE device.id = $1 FOR NO KEY UPDATE";

  private static final String ACTIONS =
      """
      SELECT action.number, action.version, action.state, action.cancel_refused, action.finished,
        action.contradicted, action.of_download, action.details, action.later_details,
        action.offered_at, action.changed_at
      FROM ddi_action AS action
      WHERE action.device_id = $1
      """;

  static final String OF_DEVICE =
      ACTIONS + "ORDER BY action.offered_at DESC, action.number LIMIT $2";

  static final String NUMBERED = ACTIONS + "AND action.number = $2";

  static final String ADD =
      """
      INSERT INTO ddi_action (device_id, number, version, state, offered_at, changed_at)
      VALUES ($1, $2, $3, 'OFFERED', $4, $4)
      """;

  static final String SAVE =
      """
      UPDATE ddi_action
      SET state = $3, cancel_refused = $4, finished = $5, contradicted = $6, of_download = $7,
        details = $8, later_details = $9, changed_at = $10
      WHERE ddi_action.device_id = $1 AND ddi_action.number = $2
      """;

  static final String SET_OPEN = "UPDATE device SET action_open = $2 WHERE device.id = $1";

  /** All but the newest. */
  static final String PRUNE =
      """
      DELETE FROM ddi_action
      WHERE ddi_action.device_id = $1 AND ddi_action.number IN (
        SELECT old.number FROM ddi_action AS old
        WHERE old.device_id = $1
        ORDER BY old.offered_at DESC, old.number
        OFFSET $2)
      """;

  private ActionSql() {}
}
