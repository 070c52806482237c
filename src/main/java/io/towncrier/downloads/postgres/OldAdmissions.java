package io.towncrier.downloads.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.downloads.Admissions;
import io.towncrier.platform.postgres.Database;
import io.towncrier.privacy.retention.Remover;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Set;

/** Removes what devices began to download in a day that is over: nobody asks for it any more. */
@ApplicationScoped
class OldAdmissions implements Remover {
  private static final String DROP =
      """
      DELETE FROM download_admission
      WHERE download_admission.device_id IN (
        SELECT old.device_id FROM download_admission AS old
        WHERE old.since <= $1
        ORDER BY old.since
        LIMIT $2
        FOR UPDATE SKIP LOCKED)
      """;

  private final Database database;

  OldAdmissions(Database database) {
    this.database = database;
  }

  @Override
  public Set<String> periods() {
    return Set.of("download-admissions");
  }

  @Override
  public Uni<Integer> remove(Instant now, int limit) {
    return database.update(DROP, now.minus(Admissions.PERIOD).getEpochSecond(), (long) limit);
  }
}
