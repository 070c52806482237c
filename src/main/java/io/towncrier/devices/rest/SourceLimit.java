package io.towncrier.devices.rest;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.towncrier.platform.rest.edge.SourceBuckets;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** How often something may come from one source, as often as it may register. */
class SourceLimit {
  private final SourceBuckets sources;
  private final int trustedProxies;

  SourceLimit(DevicesConfig config, TowncrierConfig towncrier, InstantSource clock) {
    DevicesConfig.Registration limits = config.registration();
    this.sources =
        new SourceBuckets(
            clock, limits.burst(), limits.every(), limits.networkFactor(), limits.sources());
    this.trustedProxies = towncrier.http().trustedProxies();
  }

  /**
   * Counts one, whatever becomes of it.
   *
   * @param what there are too many of, as the problem says it
   * @throws io.towncrier.platform.ProblemException too-many-requests, with the time to wait
   */
  void take(HttpServerRequest request, String what) {
    Optional<Duration> wait = sources.take(ClientAddress.of(request, trustedProxies));
    if (wait.isPresent()) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many " + what + " come from your address.")
          .asException(wait.get());
    }
  }
}
