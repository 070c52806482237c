package io.towncrier.privacy.postgres;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.platform.postgres.Row;
import io.towncrier.privacy.keys.KeyVersion;
import io.towncrier.privacy.keys.KeyVersionStore;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of the keys in their tables. */
@ApplicationScoped
class PostgresKeyVersions implements KeyVersionStore {
  // One statement, so that the revision is that of the versions beside it.
  private static final String READ =
      """
      SELECT ring.revision, version.version, version.use, version.wrapped, version.wrapped_by
      FROM key_ring AS ring LEFT JOIN key_version AS version ON true
      ORDER BY version.version
      """;

  // The row of the ring is where those meet who begin at once.
  private static final String ADD_FIRST =
      """
      WITH first AS (
        UPDATE key_ring SET revision = key_ring.revision + 1
        WHERE NOT EXISTS (SELECT FROM key_version)
        RETURNING key_ring.revision),
      known AS (
        INSERT INTO key_check (version, value)
        SELECT $1::int, $5::bytea FROM first
        ON CONFLICT DO NOTHING)
      INSERT INTO key_version (version, use, wrapped, wrapped_by)
      SELECT $1::int, $2, $3::bytea, $4 FROM first
      ON CONFLICT DO NOTHING
      """;

  private static final String TURN =
      """
      UPDATE key_ring SET revision = key_ring.revision + 1 WHERE key_ring.revision = $1
      """;

  private static final String REWRAP =
      """
      UPDATE key_version SET wrapped = $2, wrapped_by = $3 WHERE key_version.version = $1
      """;

  private final Database database;

  PostgresKeyVersions(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Stored> read() {
    return database
        .rowsAlone(READ, row -> new Found(row.number("revision"), version(row)))
        .map(
            rows ->
                new Stored(
                    rows.get(0).revision,
                    rows.stream()
                        .<KeyVersion>mapMulti(
                            (row, versions) -> {
                              if (row.version != null) {
                                versions.accept(row.version);
                              }
                            })
                        .toList()));
  }

  @Override
  public Uni<Boolean> addFirst(KeyVersion first, byte[] checkValue) {
    return database
        .inTransaction(
            () ->
                database.update(
                    ADD_FIRST,
                    first.version(),
                    first.use().name(),
                    Buffer.buffer(first.wrapped()),
                    first.wrappedBy(),
                    Buffer.buffer(checkValue)))
        .map(added -> added == 1);
  }

  @Override
  public Uni<Void> rewrap(Stored read, List<KeyVersion> now) {
    return database.inTransaction(
        () ->
            database
                .update(TURN, read.revision())
                .invoke(
                    turned -> {
                      if (turned != 1) {
                        throw new IllegalStateException("the versions of the keys have changed");
                      }
                    })
                .chain(
                    () ->
                        Multi.createFrom()
                            .iterable(now)
                            .onItem()
                            .transformToUniAndConcatenate(this::rewrap)
                            .collect()
                            .last())
                .replaceWithVoid());
  }

  private Uni<Integer> rewrap(KeyVersion version) {
    return database.update(
        REWRAP, version.version(), Buffer.buffer(version.wrapped()), version.wrappedBy());
  }

  private static @Nullable KeyVersion version(Row row) {
    return row.optionalNumber("version").isEmpty()
        ? null
        : new KeyVersion(
            (int) row.number("version"),
            KeyVersion.Use.valueOf(row.text("use")),
            row.optionalBytes("wrapped").orElseThrow(),
            row.text("wrapped_by"));
  }

  private record Found(long revision, @Nullable KeyVersion version) {}
}
