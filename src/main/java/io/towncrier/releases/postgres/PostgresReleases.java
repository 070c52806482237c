package io.towncrier.releases.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Page;
import io.towncrier.platform.PageRequest;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Pages;
import io.towncrier.platform.postgres.Row;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.json.ReleaseJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Releases one by one. */
@ApplicationScoped
class PostgresReleases implements ReleaseStore {
  private static final String FIND =
      """
      SELECT release.product_id, release.version, release.document::text, release.revision,
        release.author, release.writers, release.released_by
      FROM release WHERE release.product_id = $1 AND release.version = $2
      """;

  private static final String OF_FILTERS =
      """
      FROM release
      WHERE ($1::text IS NULL OR release.product_id = $1)
        AND ($2::text IS NULL OR release.state = $2)
      """;

  private static final String LIST =
      """
      SELECT release.product_id, release.version, release.document::text, release.revision,
        release.author, release.writers, release.released_by
      """
          + OF_FILTERS
          + """
            AND ($3::text IS NULL OR (release.product_id, release.version) %1$s ($3, $4::text))
          ORDER BY release.product_id %2$s, release.version %2$s LIMIT $5
          """;

  private static final String COUNT = Pages.count(OF_FILTERS);

  private static final String INSERT =
      """
      INSERT INTO release (product_id, version, document, author, writers)
      VALUES ($1, $2, $3::text::jsonb, $4, ARRAY[$4]) ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE release SET document = $3::text::jsonb, revision = release.revision + 1,
        author = coalesce($5, release.author),
        writers = CASE WHEN $5::text IS NOT NULL THEN ARRAY[$5]
          WHEN $6::text IS NOT NULL THEN array_append(array_remove(release.writers, $6), $6)
          ELSE release.writers END,
        released_by = coalesce($7, release.released_by),
        released_at = coalesce($8, release.released_at)
      WHERE release.product_id = $1 AND release.version = $2 AND release.revision = $4
      """;

  private static final String WITH_PHASES =
      """
      SELECT release.product_id, release.version, release.document::text, release.revision,
        release.author, release.writers, release.released_by
      FROM release
      WHERE release.state = 'published' AND release.document -> 'rollout' ? 'phases'
      ORDER BY release.product_id, release.version
      """;

  private static final String ALL =
      """
      SELECT release.product_id, release.version, release.document::text, release.revision,
        release.author, release.writers, release.released_by
      FROM unnest($1::text[], $2::text[]) AS asked (product_id, version)
      JOIN release
        ON release.product_id = asked.product_id AND release.version = asked.version
      """;

  private static final String WITH_ROLLOUT =
      """
      SELECT release.product_id, release.version, release.document::text, release.revision,
        release.author, release.writers, release.released_by
      FROM release
      WHERE release.state = 'published' AND (release.document ? 'rollout'
        OR (release.document ->> 'publishedAt')::timestamptz > now())
      ORDER BY release.product_id, release.version
      """;

  private static final String DELETE =
      """
      DELETE FROM release
      WHERE release.product_id = $1 AND release.version = $2 AND release.revision = $3
      """;

  private final Database database;

  PostgresReleases(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Stored>> find(ReleaseId id) {
    return database
        .rows(FIND, PostgresReleases::stored, id.product(), id.version())
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Page<Stored>> list(
      Optional<String> product, Optional<Release.State> state, PageRequest<ReleaseId> request) {
    String of = product.orElse(null);
    String in = state.map(Release.State::code).orElse(null);
    return database
        .rows(
            Pages.ordered(LIST, request.descending()),
            PostgresReleases::stored,
            of,
            in,
            request.after().map(ReleaseId::product).orElse(null),
            request.after().map(ReleaseId::version).orElse(null),
            request.limitAndOne())
        .chain(
            found -> Pages.of(found, request, () -> database.rows(COUNT, Pages::counted, of, in)));
  }

  @Override
  public Uni<Boolean> insert(ReleaseId id, Release release, String author) {
    return database
        .update(INSERT, id.product(), id.version(), json(release), author)
        .map(rows -> rows == 1);
  }

  @Override
  public Uni<Boolean> update(ReleaseId id, Release release, int revision, Act act) {
    Optional<Act.LetOut> out = act instanceof Act.LetOut o ? Optional.of(o) : Optional.empty();
    return database
        .update(
            UPDATE,
            id.product(),
            id.version(),
            json(release),
            revision,
            act instanceof Act.WroteAnew anew ? anew.by() : null,
            act instanceof Act.WroteMore more ? more.by() : null,
            out.map(Act.LetOut::by).orElse(null),
            out.map(o -> o.at().atOffset(ZoneOffset.UTC)).orElse(null))
        .map(rows -> rows == 1);
  }

  @Override
  public Uni<List<Stored>> withPhases() {
    return database.rows(WITH_PHASES, PostgresReleases::stored);
  }

  @Override
  public Uni<List<Stored>> all(List<ReleaseId> ids) {
    return database.rows(
        ALL,
        PostgresReleases::stored,
        ids.stream().map(ReleaseId::product).toArray(String[]::new),
        ids.stream().map(ReleaseId::version).toArray(String[]::new));
  }

  @Override
  public Uni<List<Stored>> withRollout() {
    return database.rows(WITH_ROLLOUT, PostgresReleases::stored);
  }

  @Override
  public Uni<Void> updateAll(List<Stored> releases) {
    return Multi.createFrom()
        .iterable(releases)
        .onItem()
        .transformToUniAndConcatenate(
            stored -> update(stored.id(), stored.release(), stored.revision(), new Act.Other()))
        .collect()
        .last()
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> delete(ReleaseId id, int revision) {
    return database.update(DELETE, id.product(), id.version(), revision).map(rows -> rows == 1);
  }

  private static String json(Release release) {
    return ReleaseJson.text(ReleaseJson.write(release));
  }

  private static Stored stored(Row row) {
    return new Stored(
        new ReleaseId(row.text("product_id"), row.text("version")),
        ReleaseJson.stored(row.text("document")),
        (int) row.number("revision"),
        row.optionalText("author"),
        writers(row),
        row.optionalText("released_by"));
  }

  /** Those who are not kept, from before there were several, are the author alone. */
  private static List<String> writers(Row row) {
    return Stream.concat(row.texts("writers").stream(), row.optionalText("author").stream())
        .distinct()
        .toList();
  }
}
