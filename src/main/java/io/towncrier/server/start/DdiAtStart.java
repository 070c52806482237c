package io.towncrier.server.start;

import io.quarkus.runtime.StartupEvent;
import io.towncrier.ddi.DdiAddress;
import io.towncrier.ddi.DdiConfig;
import io.towncrier.platform.StartRefused;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Looks at the start whether DDI can be served as it is set. */
@ApplicationScoped
class DdiAtStart {
  private static final Logger LOG = Logger.getLogger(DdiAtStart.class);
  private static final int FIRST = 1;

  private final DdiAddress address;
  private final DdiConfig config;

  DdiAtStart(DdiAddress address, DdiConfig config) {
    this.address = address;
    this.config = config;
  }

  void started(@Observes @Priority(FIRST) StartupEvent event) throws StartRefused {
    Optional<String> refusal = address.refusal();
    if (refusal.isPresent()) {
      throw new StartRefused(refusal.get());
    }
    if (config.tenant().isPresent() && config.gatewayTokens()) {
      LOG.warn(
          "GatewayTokens count: who has one speaks for every router of its product. Prefer a token"
              + " a device (POST /v1/admin/devices/import).");
    }
  }
}
