package io.towncrier.platform.rest;

import io.towncrier.platform.auth.Roles;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.container.ResourceInfo;
import java.util.Arrays;

/**
 * Whom an endpoint is for. It is told by its declaration, so that no spelling of a path matters.
 */
final class EndpointRoles {
  private EndpointRoles() {}

  static boolean isForOperators(ResourceInfo endpoint) {
    RolesAllowed own = endpoint.getResourceMethod().getAnnotation(RolesAllowed.class);
    RolesAllowed roles =
        own != null ? own : endpoint.getResourceClass().getAnnotation(RolesAllowed.class);
    return roles != null && Arrays.asList(roles.value()).contains(Roles.OPERATOR);
  }
}
