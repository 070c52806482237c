package io.towncrier.server;

import io.quarkus.runtime.StartupEvent;
import io.quarkus.vertx.VertxContextSupport;
import io.towncrier.preferences.AuditEssentials;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** A change of the configuration takes effect with a start, and is audited there. */
@ApplicationScoped
class EssentialsAtStart {
  private final AuditEssentials audit;

  EssentialsAtStart(AuditEssentials audit) {
    this.audit = audit;
  }

  void started(@Observes StartupEvent event) throws Throwable {
    VertxContextSupport.subscribeAndAwait(audit::run);
  }
}
