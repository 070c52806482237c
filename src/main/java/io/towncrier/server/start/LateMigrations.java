package io.towncrier.server.start;

import io.quarkus.runtime.Quarkus;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.postgres.JdbcTarget;
import io.towncrier.platform.postgres.Migrations;
import org.jboss.logging.Logger;

/**
 * Brings the schema up to date once the database is there, if it was away at the start. Until then
 * the server answers update checks from the snapshot that it has kept.
 */
public final class LateMigrations {
  private static final Logger LOG = Logger.getLogger(LateMigrations.class);
  private static final long PAUSE_MILLIS = 2_000;

  private LateMigrations() {}

  /**
   * Migrates now, or goes on trying.
   *
   * @throws StartRefused when the database is there and cannot be migrated
   */
  public static void run(JdbcTarget target) throws StartRefused {
    if (Migrations.runIfReachable(target)) {
      return;
    }
    LOG.warnf(
        "the database at %s is away: update checks alone are answered until it is there",
        target.url());
    Thread thread = new Thread(() -> goOn(target), "migrations");
    thread.setDaemon(true);
    thread.start();
  }

  private static void goOn(JdbcTarget target) {
    try {
      do {
        Thread.sleep(PAUSE_MILLIS);
      } while (!Migrations.runIfReachable(target));
      LOG.info("the database is there, and its schema is up to date");
    } catch (StartRefused refused) {
      LOG.errorf("the server ends: %s", refused.getMessage());
      Quarkus.asyncExit(1);
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }
}
