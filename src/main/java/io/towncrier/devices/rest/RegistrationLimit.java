package io.towncrier.devices.rest;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.platform.TowncrierConfig;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** How often one source may register: nothing else is asked of who does. */
@ApplicationScoped
class RegistrationLimit {
  private final SourceLimit limit;

  RegistrationLimit(DevicesConfig config, TowncrierConfig towncrier, InstantSource clock) {
    this.limit = new SourceLimit(config, towncrier, clock);
  }

  /**
   * Counts a registration, whatever becomes of it.
   *
   * @throws io.towncrier.platform.ProblemException too-many-requests, with the time to wait
   */
  void take(HttpServerRequest request) {
    limit.take(request, "registrations");
  }
}
