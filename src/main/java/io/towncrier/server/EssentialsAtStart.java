package io.towncrier.server;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.preferences.AuditEssentials;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

/** A change of the configuration takes effect with a start, and is audited there. */
@ApplicationScoped
class EssentialsAtStart {
  private static final Logger LOG = Logger.getLogger(EssentialsAtStart.class);
  private static final long AGAIN_MILLIS = 5_000;

  private final AuditEssentials audit;
  private final Vertx vertx;

  EssentialsAtStart(AuditEssentials audit, Vertx vertx) {
    this.audit = audit;
    this.vertx = vertx;
  }

  void started(@Observes StartupEvent event) {
    try {
      VertxContextSupport.subscribeAndAwait(audit::run);
    } catch (Throwable away) {
      LOG.warnf("the essential categories are written down later: %s", away);
      later();
    }
  }

  private void later() {
    vertx.setTimer(
        AGAIN_MILLIS, timer -> audit.run().subscribe().with(done -> {}, stillAway -> later()));
  }
}
