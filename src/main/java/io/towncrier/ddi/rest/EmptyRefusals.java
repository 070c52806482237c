package io.towncrier.ddi.rest;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/** Below DDI a refusal of the credential has no body, and names the credential of that protocol. */
final class EmptyRefusals {
  private static final String BELOW = "/controller/v1/";

  @ServerResponseFilter
  void empty(ContainerRequestContext request, ContainerResponseContext answer) {
    if (answer.getStatus() == Response.Status.UNAUTHORIZED.getStatusCode()
        && request.getUriInfo().getPath().contains(BELOW)) {
      answer.setEntity(null);
      answer.getHeaders().putSingle(HttpHeaders.WWW_AUTHENTICATE, "TargetToken");
    }
  }
}
