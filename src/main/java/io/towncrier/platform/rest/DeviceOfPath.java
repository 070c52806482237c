package io.towncrier.platform.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.auth.Roles;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * A device acts for itself alone. The sign-in has read the device's id off the path, the endpoint
 * reads it again: where the two differ, in whatever way that came about, nothing is done.
 */
final class DeviceOfPath {
  /** As every endpoint of a device names it. */
  static final String PARAMETER = "deviceId";

  /** As every endpoint of hawkBit's DDI names it. */
  static final String CONTROLLER = "controllerId";

  private final SecurityIdentity caller;

  DeviceOfPath(SecurityIdentity caller) {
    this.caller = caller;
  }

  @ServerRequestFilter
  Optional<Response> compare(ContainerRequestContext request) {
    MultivaluedMap<String, String> parameters = request.getUriInfo().getPathParameters();
    String controller = parameters.getFirst(CONTROLLER);
    String named = controller == null ? parameters.getFirst(PARAMETER) : controller;
    if (named == null
        || !(caller.hasRole(Roles.SIGNING_IN) || caller.hasRole(Roles.CONTROLLER))
        || named.equals(caller.getPrincipal().getName())) {
      return Optional.empty();
    }
    return Optional.of(
        Response.fromResponse(
                ProblemMapper.answer(ProblemCode.UNAUTHENTICATED.with("Send a valid credential.")))
            .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
            .build());
  }
}
