package io.towncrier.releases.postgres;

/** The statements of the catalogue. */
final class CatalogueSql {
  static final String LOCK = "SELECT id FROM catalogue_revision FOR UPDATE";

  /** Keeps imports out, but not other readers. */
  static final String LOCK_FOR_READING = "SELECT id FROM catalogue_revision FOR SHARE";

  static final String REVISION = "SELECT id FROM catalogue_revision";

  static final String NEW_REVISION = "UPDATE catalogue_revision SET id = $1, since = now()";

  static final String CHANNELS = "SELECT channel.id FROM channel ORDER BY channel.rank, channel.id";

  static final String PRODUCT_LANGUAGES =
      "SELECT product.id, product.default_language FROM product";

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
        INSERT INTO product (id, name, kind, default_language, supported_until)
        SELECT given.id, given.name, given.kind, given.default_language, given.supported_until
        FROM jsonb_to_recordset($1::text::jsonb)
          AS given (id text, name text, kind text, default_language text, supported_until date)
        ON CONFLICT (id) DO UPDATE SET
          name = excluded.name, kind = excluded.kind,
          default_language = excluded.default_language, supported_until = excluded.supported_until
        WHERE (product.name, product.kind, product.default_language, product.supported_until)
          IS DISTINCT FROM
          (excluded.name, excluded.kind, excluded.default_language, excluded.supported_until)
        RETURNING xmax = 0 AS created)
      SELECT count(*) FILTER (WHERE written.created), count(*) FILTER (WHERE NOT written.created)
      FROM written
      """;

  static final String WRITE_RELEASES =
      """
      WITH written AS (
        INSERT INTO release (product_id, version, channel, severity, mandatory, published_at,
          countries_allowed, countries_denied, notes, artifacts)
        SELECT product.id, given.version, given.channel, given.severity, given.mandatory,
          given.published_at, given.countries_allowed, given.countries_denied,
          given.notes, given.artifacts
        FROM jsonb_to_recordset($1::text::jsonb)
          AS given (products text[], version text, channel text, severity text, mandatory boolean,
            published_at timestamptz, countries_allowed text[], countries_denied text[],
            notes jsonb, artifacts jsonb)
        CROSS JOIN unnest(given.products) AS product (id)
        ON CONFLICT (product_id, version) DO UPDATE SET
          channel = excluded.channel, severity = excluded.severity,
          mandatory = excluded.mandatory, published_at = excluded.published_at,
          countries_allowed = excluded.countries_allowed,
          countries_denied = excluded.countries_denied,
          notes = excluded.notes, artifacts = excluded.artifacts
        WHERE (release.channel, release.severity, release.mandatory, release.published_at,
            release.countries_allowed, release.countries_denied, release.notes, release.artifacts)
          IS DISTINCT FROM
          (excluded.channel, excluded.severity, excluded.mandatory, excluded.published_at,
            excluded.countries_allowed, excluded.countries_denied, excluded.notes,
            excluded.artifacts)
        RETURNING xmax = 0 AS created)
      SELECT count(*) FILTER (WHERE written.created), count(*) FILTER (WHERE NOT written.created)
      FROM written
      """;

  static final String PRODUCTS =
      """
      SELECT product.id, product.name, product.kind, product.default_language,
        product.supported_until
      FROM product
      """;

  static final String RELEASES =
      """
      SELECT release.product_id, release.version, release.channel, release.severity,
        release.mandatory, release.published_at, release.countries_allowed,
        release.countries_denied, release.notes::text, release.artifacts::text
      FROM release
      """;

  private CatalogueSql() {}
}
