package io.towncrier.privacy.postgres;

/** The statements of cancelled accounts. */
final class ErasureSql {
  static final String ADD =
      """
      INSERT INTO erasure (id, account_id, account_since, subject_index, subject_sealed,
        receipt_hash, receipt_sealed, ground, requested_at, due_at, erase_by, waits_for)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
      """;

  private static final String RECEIPT =
      "erasure.ground, erasure.requested_at, erasure.erase_by, erasure.erased_at";

  static final String OF =
      "SELECT "
          + RECEIPT
          + """
          , erasure.id, erasure.receipt_sealed, erasure.waits_for
          FROM erasure
          WHERE erasure.subject_index = ANY ($1)
          ORDER BY erasure.requested_at DESC, erasure.id
          """;

  static final String HOLD =
      """
      SELECT erasure.account_id FROM erasure
      WHERE erasure.subject_index = ANY ($1)
      ORDER BY erasure.requested_at DESC, erasure.id
      FOR SHARE
      """;

  static final String HASTEN =
      """
      UPDATE erasure SET ground = $2, due_at = $3, erase_by = $4
      WHERE erasure.subject_index = ANY ($1) AND erasure.ground <> $2
      """;

  static final String ACKNOWLEDGE = "UPDATE erasure SET waits_for = '{}' WHERE erasure.id = $1";

  static final String BY_RECEIPT =
      "SELECT " + RECEIPT + " FROM erasure WHERE erasure.receipt_hash = $1";

  static final String DUE =
      """
      SELECT erasure.id FROM erasure
      WHERE erasure.erased_at IS NULL AND erasure.due_at <= $1
      ORDER BY erasure.due_at
      LIMIT $2
      """;

  static final String TAKE =
      """
      SELECT erasure.account_id FROM erasure
      WHERE erasure.id = $1 AND erasure.erased_at IS NULL AND erasure.due_at <= $2
      FOR UPDATE SKIP LOCKED
      """;

  static final String ERASED =
      """
      UPDATE erasure
      SET erased_at = $2, account_id = NULL, account_since = NULL, subject_index = NULL,
        subject_sealed = NULL, receipt_sealed = NULL, waits_for = '{}'
      WHERE erasure.id = $1
      """;

  static final String OVERDUE =
      """
      SELECT count(*) AS overdue FROM erasure
      WHERE erasure.erased_at IS NULL AND erasure.erase_by < $1
      """;

  static final String FORGET =
      """
      DELETE FROM erasure
      WHERE erasure.id IN (
        SELECT old.id FROM erasure AS old
        WHERE old.erased_at < $1
        ORDER BY old.erased_at
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private ErasureSql() {}
}
