package io.towncrier.devices.rest;

import io.towncrier.devices.DevicesConfig;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TokenBuckets;
import io.towncrier.platform.rest.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;

/** How often one source may register: nothing else is asked of who does. */
@ApplicationScoped
class RegistrationLimit {
  private final TokenBuckets buckets;
  private final int trustedProxies;

  RegistrationLimit(DevicesConfig config, InstantSource clock) {
    DevicesConfig.Registration limits = config.registration();
    this.buckets = new TokenBuckets(clock, limits.burst(), limits.every(), limits.sources());
    this.trustedProxies = limits.trustedProxies();
  }

  /**
   * Counts a registration, whatever becomes of it.
   *
   * @throws io.towncrier.platform.ProblemException too-many-requests, with the time to wait
   */
  void take(HttpServerRequest request) {
    String source =
        ClientAddress.of(
            request.remoteAddress() == null ? "unknown" : request.remoteAddress().hostAddress(),
            request.headers().getAll("X-Forwarded-For"),
            trustedProxies);
    buckets
        .take(source)
        .ifPresent(
            wait -> {
              throw ProblemCode.TOO_MANY_REQUESTS
                  .with("Too many registrations come from your address.")
                  .asException(wait);
            });
  }
}
