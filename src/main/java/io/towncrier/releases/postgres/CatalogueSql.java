package io.towncrier.releases.postgres;

/** The statements of the catalogue as a whole. */
final class CatalogueSql {
  /** On which a change is told to every instance that listens. */
  static final String CHANNEL = "towncrier_catalogue";

  /** An import may take that long, and operators wait for each other's. */
  static final String LONGER_WAIT = "SET LOCAL lock_timeout = '60s'";

  static final String LOCK = "SELECT id, number FROM catalogue_revision FOR UPDATE";

  /**
   * All statements of the transaction see one moment; nobody who changes something is waited for.
   */
  static final String ONE_MOMENT = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY";

  static final String REVISION = "SELECT id, number FROM catalogue_revision";

  // Told when the transaction commits, and not at all when it does not.
  static final String NEW_REVISION =
      """
      WITH changed AS (
        UPDATE catalogue_revision SET id = $1, number = number + 1, since = now()
        RETURNING catalogue_revision.id, catalogue_revision.number),
      kept AS (
        INSERT INTO catalogue_history (number, id) SELECT changed.number, changed.id FROM changed)
      SELECT changed.id, changed.number,
        pg_notify('towncrier_catalogue', changed.id)::text AS told
      FROM changed
      """;

  static final String IS_OF_THE_PAST =
      """
      SELECT count(*) AS revisions FROM catalogue_history
      WHERE catalogue_history.number = $1 AND catalogue_history.id = $2
      """;

  static final String CHANNELS = "SELECT channel.id FROM channel ORDER BY channel.rank, channel.id";

  static final String PRODUCT_LANGUAGES =
      "SELECT product.id, product.default_language FROM product WHERE product.id = ANY($1)";

  static final String WRITE_CHANNELS =
      """
      INSERT INTO channel (id, rank)
      SELECT given.id, given.rank FROM unnest($1::text[]) WITH ORDINALITY AS given (id, rank)
      ON CONFLICT (id) DO UPDATE SET rank = excluded.rank WHERE channel.rank <> excluded.rank
      """;

  // A row that stands there already with the same content is not written: the import can be
  // repeated, and says that it changed nothing.
  static final String WRITE_PRODUCTS =
      """
      WITH written AS (
        INSERT INTO product (id, name, kind, default_language, supported_until, version_scheme,
          security_only, changed_in)
        SELECT given.id, given.name, given.kind, given.default_language, given.supported_until,
          given.version_scheme, given.security_only, $2
        FROM jsonb_to_recordset($1::text::jsonb)
          AS given (id text, name text, kind text, default_language text, supported_until date,
            version_scheme text, security_only boolean)
        ON CONFLICT (id) DO UPDATE SET
          name = excluded.name, kind = excluded.kind,
          default_language = excluded.default_language, supported_until = excluded.supported_until,
          version_scheme = excluded.version_scheme, security_only = excluded.security_only,
          revision = product.revision + 1, changed_in = excluded.changed_in
        WHERE (product.name, product.kind, product.default_language, product.supported_until,
            product.version_scheme, product.security_only)
          IS DISTINCT FROM
          (excluded.name, excluded.kind, excluded.default_language, excluded.supported_until,
            excluded.version_scheme, excluded.security_only)
        RETURNING xmax = 0 AS created)
      SELECT count(*) FILTER (WHERE written.created) AS created,
        count(*) FILTER (WHERE NOT written.created) AS changed
      FROM written
      """;

  static final String DIFFERING_RELEASES =
      """
      SELECT product.id AS product_id, given.document ->> 'version' AS version,
        release.document::text
      FROM jsonb_to_recordset($1::text::jsonb) AS given (products text[], document jsonb)
      CROSS JOIN unnest(given.products) AS product (id)
      LEFT JOIN release
        ON release.product_id = product.id AND release.version = given.document ->> 'version'
      WHERE release.document IS DISTINCT FROM given.document
      """;

  static final String RULED_OTHERWISE =
      """
      SELECT product.id
      FROM jsonb_to_recordset($1::text::jsonb)
        AS given (id text, version_scheme text, security_only boolean)
      JOIN product ON product.id = given.id
      WHERE (product.version_scheme, product.security_only)
        IS DISTINCT FROM (given.version_scheme, given.security_only)
      """;

  static final String WRITE_RELEASES =
      """
      WITH written AS (
        INSERT INTO release (product_id, version, document, author, writers)
        SELECT product.id, given.document ->> 'version', given.document, $3, ARRAY[$3]
        FROM jsonb_to_recordset($1::text::jsonb) AS given (products text[], document jsonb)
        CROSS JOIN unnest(given.products) AS product (id)
        ON CONFLICT (product_id, version) DO UPDATE SET
          document = excluded.document, revision = release.revision + 1, author = excluded.author,
          writers = excluded.writers
        WHERE release.document <> excluded.document
        RETURNING release.product_id, xmax = 0 AS created),
      touched AS (
        UPDATE product SET changed_in = $2
        FROM (SELECT DISTINCT written.product_id FROM written) AS changed
        WHERE product.id = changed.product_id)
      SELECT count(*) FILTER (WHERE written.created) AS created,
        count(*) FILTER (WHERE NOT written.created) AS changed
      FROM written
      """;

  /** Some products are other ones from the next revision on. */
  static final String TOUCH =
      """
      UPDATE product SET changed_in = (SELECT number + 1 FROM catalogue_revision)
      WHERE product.id = ANY($1)
      """;

  static final String PRODUCTS_CHANGED_AFTER =
      """
      SELECT product.id, product.name, product.kind, product.default_language,
        product.supported_until, product.version_scheme, product.security_only
      FROM product WHERE product.changed_in > $1 ORDER BY product.id
      """;

  static final String PRODUCT =
      """
      SELECT product.id, product.name, product.kind, product.default_language,
        product.supported_until, product.version_scheme, product.security_only
      FROM product WHERE product.id = $1
      """;

  static final String RELEASES =
      """
      SELECT release.product_id, release.document::text
      FROM release WHERE release.product_id = ANY($1)
      """;

  private CatalogueSql() {}
}
