package io.towncrier.platform.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.MultiFactor;
import io.towncrier.platform.auth.SignInConfig;
import jakarta.inject.Provider;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.Set;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Changes by operators need a sign-in with more than one factor; an operator without it is told to
 * step up. It goes by the endpoint's role and not by the path, so that no other spelling of a path
 * gets around it, and runs behind the check of the role.
 */
final class StepUp {
  private static final Set<String> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final SecurityIdentity caller;
  // As in BodyLimit: filters are made before there is configuration.
  private final Provider<SignInConfig> config;

  StepUp(SecurityIdentity caller, Provider<SignInConfig> config) {
    this.caller = caller;
    this.config = config;
  }

  @ServerRequestFilter
  Optional<Response> check(ResourceInfo endpoint, ContainerRequestContext request) {
    if (SAFE.contains(request.getMethod())
        || !EndpointRoles.isForOperators(endpoint)
        || MultiFactor.isShown(caller)) {
      return Optional.empty();
    }
    return Optional.of(
        Response.fromResponse(
                ProblemMapper.answer(
                    ProblemCode.STEP_UP_REQUIRED.with("Sign in with more than one factor.")))
            .header(HttpHeaders.WWW_AUTHENTICATE, MultiFactor.of(config.get()).challenge())
            .build());
  }
}
