package io.towncrier.platform.postgres;

import io.smallrye.mutiny.Uni;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.database.DatabaseUnavailable;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Looks at the bounds of time before the first use of the database; a server has done so at its
 * start.
 */
@ApplicationScoped
class TimeOutCheck {
  private static final Logger LOG = Logger.getLogger(TimeOutCheck.class);

  private final Instance<Pool> pool;
  private volatile boolean passed;

  TimeOutCheck(Instance<Pool> pool, TowncrierConfig config) {
    this.pool = pool;
    this.passed = config.timeOuts().lookedAtBefore();
  }

  /** Whether nothing is left to look at. */
  boolean hasPassed() {
    return passed;
  }

  /** Fails while the bounds are missing. */
  Uni<Void> look() {
    return Uni.createFrom()
        .completionStage(() -> pool.get().query(TimeOuts.SHOW).execute().toCompletionStage())
        .map(
            rows -> {
              List<TimeOuts.Shown> shown = new ArrayList<>();
              for (Row row : rows) {
                shown.add(new TimeOuts.Shown(row.getString(0), row.getLong(1), row.getBoolean(2)));
              }
              return TimeOuts.defects(shown);
            })
        .invoke(
            defects -> {
              if (!defects.isEmpty()) {
                LOG.errorf("nothing is read or written: %s", defects);
                throw new DatabaseUnavailable(DatabaseUnavailable.Why.UNBOUNDED, null);
              }
              passed = true;
            })
        .replaceWithVoid();
  }
}
