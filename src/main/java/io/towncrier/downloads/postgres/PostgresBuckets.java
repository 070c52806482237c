package io.towncrier.downloads.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.downloads.Bucket;
import io.towncrier.downloads.BucketStore;
import io.towncrier.platform.postgres.Database;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** One row a region. It is locked by the one statement that changes it, and until the commit. */
@ApplicationScoped
class PostgresBuckets implements BucketStore {
  private static final String FIND =
      """
      SELECT download_bucket.second, download_bucket.room, download_bucket.queue_ends,
        download_bucket.security_ends
      FROM download_bucket
      WHERE download_bucket.region = $1
      """;

  private static final String OPEN =
      """
      INSERT INTO download_bucket (region, second, room, queue_ends, security_ends)
      VALUES ($1, $2, $3, $4, $5)
      ON CONFLICT (region) DO NOTHING
      """;

  // Asked twice, it finds what it has written itself, and the caller reads the row again.
  private static final String REPLACE =
      """
      UPDATE download_bucket
      SET second = $6, room = $7, queue_ends = $8, security_ends = $9
      WHERE download_bucket.region = $1
        AND download_bucket.second = $2
        AND download_bucket.room = $3
        AND download_bucket.queue_ends = $4
        AND download_bucket.security_ends = $5
      RETURNING download_bucket.region
      """;

  private final Database database;

  PostgresBuckets(Database database) {
    this.database = database;
  }

  @Override
  public Uni<Optional<Bucket>> find(String region) {
    return database
        .rowsAlone(
            FIND,
            row ->
                new Bucket(
                    row.number("second"),
                    row.number("room"),
                    row.number("queue_ends"),
                    row.number("security_ends")),
            region)
        .map(rows -> rows.stream().findFirst());
  }

  @Override
  public Uni<Void> open(String region, Bucket first) {
    return database
        .rowsAlone(
            OPEN,
            row -> region,
            region,
            first.second(),
            first.room(),
            first.queueEnds(),
            first.securityEnds())
        .replaceWithVoid();
  }

  @Override
  public Uni<Boolean> replace(String region, Bucket known, Bucket next) {
    return database
        .rowsAlone(
            REPLACE,
            row -> row.text("region"),
            region,
            known.second(),
            known.room(),
            known.queueEnds(),
            known.securityEnds(),
            next.second(),
            next.room(),
            next.queueEnds(),
            next.securityEnds())
        .map(rows -> !rows.isEmpty());
  }
}
