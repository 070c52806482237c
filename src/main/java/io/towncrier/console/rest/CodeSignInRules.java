package io.towncrier.console.rest;

import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.SignInConfig;
import io.towncrier.platform.limits.TokenBuckets;
import io.towncrier.platform.rest.edge.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;

/** How often one source may have a code redeemed, and what a stronger sign-in is asked for by. */
@ApplicationScoped
class CodeSignInRules {
  private static final int AT_ONCE = 30;
  private static final Duration AGAIN = Duration.ofSeconds(2);
  private static final int SOURCES = 10_000;

  private final TowncrierConfig config;
  private final SignInConfig signIn;
  private final TokenBuckets codes;

  CodeSignInRules(TowncrierConfig config, SignInConfig signIn, InstantSource clock) {
    this.config = config;
    this.signIn = signIn;
    this.codes = new TokenBuckets(clock, AT_ONCE, AGAIN, SOURCES);
  }

  /** Each code costs a request to the provider: a source has 30 at once, then one in 2 seconds. */
  boolean allows(HttpServerRequest request) {
    return codes.take(ClientAddress.of(request, config.http().trustedProxies())).isEmpty();
  }

  /** Values of {@code acr} that the provider is asked for, by spaces. */
  Optional<String> acrValues() {
    return signIn.acrValues().map(values -> String.join(" ", new TreeSet<>(values)));
  }
}
