package io.towncrier.ddi.rest;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.outcomes.ReporterNetwork;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.platform.rest.edge.SourceBuckets;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How often a gateway may bring a device that is not known, from one source: as often as a device
 * may register by itself. In memory, for this process alone (docs/adr/0030).
 */
@ApplicationScoped
class FirstSightLimit {
  private final SourceBuckets sources;
  private final int trustedProxies;

  FirstSightLimit(DevicesConfig config, TowncrierConfig towncrier, InstantSource clock) {
    DevicesConfig.Registration limits = config.registration();
    this.sources =
        new SourceBuckets(
            clock, limits.burst(), limits.every(), limits.networkFactor(), limits.sources());
    this.trustedProxies = towncrier.http().trustedProxies();
  }

  /**
   * Counts one, whatever becomes of it.
   *
   * @throws io.towncrier.platform.ProblemException too-many-requests, with the time to wait
   */
  void take(HttpServerRequest request) {
    Optional<Duration> wait = sources.take(ClientAddress.of(request, trustedProxies));
    if (wait.isPresent()) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many new devices come from your address.")
          .asException(wait.get());
    }
  }

  /** The network that a request comes from. */
  Secret network(HttpServerRequest request) {
    return ReporterNetwork.of(ClientAddress.of(request, trustedProxies));
  }
}
