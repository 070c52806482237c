package io.towncrier.server;

import io.quarkus.runtime.StartupEvent;
import io.towncrier.platform.Ids;
import io.towncrier.releases.CatalogueWatcher;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Hears from PostgreSQL that the catalogue has changed. A message to itself, now and then, proves
 * that messages arrive: behind a pooler that hands the connection on they never do, and watchers go
 * on looking for themselves (docs/adr/0013).
 */
@ApplicationScoped
class CatalogueListener implements MessageListener {
  private static final Logger LOG = Logger.getLogger(CatalogueListener.class);

  // The channel of releases.postgres.CatalogueSql.NEW_REVISION.
  private static final String CHANNEL = "towncrier_catalogue";
  private static final String PROBE = "probe ";
  private static final long ARRIVES_WITHIN_MILLIS = 2_000;

  private final Pool pool;
  private final Vertx vertx;
  private final Instance<CatalogueWatcher> watchers;
  private final Duration probeEvery;
  private volatile boolean listening;
  private volatile String awaited = "";
  private volatile boolean told;

  CatalogueListener(
      Pool pool, Vertx vertx, Instance<CatalogueWatcher> watchers, ServerConfig config) {
    this.pool = pool;
    this.vertx = vertx;
    this.watchers = watchers;
    this.probeEvery = config.listenProbeEvery();
  }

  void started(@Observes StartupEvent event) {
    vertx.setPeriodic(probeEvery.toMillis(), timer -> probe());
  }

  @Override
  public String channel() {
    return CHANNEL;
  }

  @Override
  public void connected() {
    listening = true;
    probe();
  }

  @Override
  public void lost() {
    listening = false;
    tell(false);
  }

  @Override
  public void arrived(String payload) {
    if (!payload.startsWith(PROBE)) {
      reload();
    } else if (payload.equals(awaited)) {
      awaited = "";
      if (!told) {
        // What changed while nobody listened was told to nobody.
        reload();
      }
      tell(true);
    }
  }

  private void probe() {
    if (!listening) {
      return;
    }
    String payload = PROBE + Ids.next("msg");
    awaited = payload;
    pool.preparedQuery("SELECT pg_notify($1, $2)")
        .execute(Tuple.of(CHANNEL, payload))
        .onFailure(failure -> LOG.debugf("no message could be sent: %s", failure));
    vertx.setTimer(
        ARRIVES_WITHIN_MILLIS,
        timer -> {
          if (payload.equals(awaited)) {
            tell(false);
          }
        });
  }

  private void reload() {
    for (CatalogueWatcher watcher : watchers) {
      watcher
          .catalogueChanged()
          .subscribe()
          .with(done -> {}, failure -> LOG.warnf("the catalogue was not read: %s", failure));
    }
  }

  private void tell(boolean areTold) {
    if (told != areTold) {
      LOG.infof(
          areTold
              ? "changes of the catalogue are told by the database"
              : "changes of the catalogue are looked for: the database does not tell of them");
    }
    told = areTold;
    for (CatalogueWatcher watcher : watchers) {
      watcher.changesAreTold(areTold);
    }
  }
}
