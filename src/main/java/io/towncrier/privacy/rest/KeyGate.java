package io.towncrier.privacy.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.rest.edge.DataGate;
import io.towncrier.privacy.KeyCheck;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Lets nothing reach the data until the master key fits. */
@ApplicationScoped
class KeyGate {
  // Behind the limits of the request, before its route.
  private static final int BEFORE_ROUTES = 900;

  private final KeyCheck keys;
  private final DataGate gate;

  KeyGate(KeyCheck keys, DataGate gate) {
    this.keys = keys;
    this.gate = gate;
  }

  void register(@Observes Filters filters) {
    filters.register(
        request ->
            gate.pass(request, keys::fits, () -> keys.require().replaceWith(Optional.empty())),
        BEFORE_ROUTES);
  }
}
