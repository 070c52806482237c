package io.towncrier.devices.rest;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.limits.TokenBuckets;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How often something may come from one source: an IPv4 address or an IPv6 /64, and an IPv6 /48 as
 * a whole. In memory, for this process alone (docs/adr/0030).
 */
class SourceLimit {
  private final TokenBuckets sources;
  private final TokenBuckets networks;
  private final int trustedProxies;

  SourceLimit(DevicesConfig config, InstantSource clock) {
    DevicesConfig.Registration limits = config.registration();
    this.sources = new TokenBuckets(clock, limits.burst(), limits.every(), limits.sources());
    this.networks =
        new TokenBuckets(
            clock,
            Math.multiplyExact(limits.burst(), limits.networkFactor()),
            limits.every().dividedBy(limits.networkFactor()),
            limits.sources());
    this.trustedProxies = limits.trustedProxies();
  }

  /**
   * Counts one, whatever becomes of it.
   *
   * @param what there are too many of, as the problem says it
   * @throws io.towncrier.platform.ProblemException too-many-requests, with the time to wait
   */
  void take(HttpServerRequest request, String what) {
    String source =
        ClientAddress.of(
            request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
            request.headers().getAll("X-Forwarded-For"),
            trustedProxies);
    Optional<Duration> wait =
        sources.take(source).or(() -> ClientAddress.wider(source).flatMap(networks::take));
    if (wait.isPresent()) {
      throw ProblemCode.TOO_MANY_REQUESTS
          .with("Too many " + what + " come from your address.")
          .asException(wait.get());
    }
  }
}
