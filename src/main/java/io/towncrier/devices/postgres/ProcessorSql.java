package io.towncrier.devices.postgres;

/**
 * Notes for processors, of each provider, which addresses they are to forget, before these are
 * dropped here: in the same transaction, and as they are sealed for the device. One that was never
 * proved may belong to somebody else, whose installation would go.
 */
final class ProcessorSql {
  private static final String NOTE =
      """
      INSERT INTO processor_erasure (processor, kind, device_id, push_sealed)
      SELECT device.push_provider, device.push_kind, device.id, device.push_sealed
      FROM device
      WHERE device.push_sealed IS NOT NULL AND device.push_confirmed_on IS NOT NULL
      """;

  private static final String NOTE_FURTHER =
      """
      INSERT INTO processor_erasure (processor, kind, device_id, push_sealed)
      SELECT further.provider, further.kind, device.id, further.sealed
      FROM push_address AS further
      JOIN device ON device.id = further.device_id
      WHERE further.confirmed_on IS NOT NULL
      """;

  static final String OF_DEVICE =
      NOTE
          + """
            AND device.id = $1
          FOR UPDATE
          """;

  /** Behind the lock of {@link #OF_DEVICE}. */
  static final String FURTHER_OF_DEVICE = NOTE_FURTHER + "  AND device.id = $1\n";

  /** Of linked devices that nobody else gets pushes on; they are locked already. */
  static final String OF_ACCOUNT = NOTE + "  AND device.id = ANY ($2)\n" + AccountSql.NOBODY_ELSES;

  static final String FURTHER_OF_ACCOUNT =
      NOTE_FURTHER + "  AND device.id = ANY ($2)\n" + AccountSql.NOBODY_ELSES;

  /** A challenge is remembered for an hour; one that asks the former holder is no claim. */
  static final String USED =
      """
      SELECT
        EXISTS (SELECT FROM device WHERE device.push_index = ANY ($1))
          OR EXISTS (
            SELECT FROM push_address WHERE push_address.address_index = ANY ($1)) AS used,
        EXISTS (
          SELECT FROM challenge_sent AS sent
          WHERE sent.address_index = ANY ($1) AND sent.device_id <> $2 AND NOT sent.asks
        ) AS being_proved
      """;

  private ProcessorSql() {}
}
