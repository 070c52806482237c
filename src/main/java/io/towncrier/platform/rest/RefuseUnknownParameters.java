package io.towncrier.platform.rest;

import io.towncrier.platform.FieldError;
import io.towncrier.platform.Problem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses parameters that a strict operation does not declare, and marks the request so that its
 * body is read as strictly. A filter that is misspelt would otherwise filter nothing. It runs
 * behind the check of the role: a stranger learns no names.
 */
final class RefuseUnknownParameters {
  /** Property of a request whose body must declare its members. */
  static final String STRICT_BODY = "towncrier.strict-body";

  @ServerRequestFilter
  Optional<Response> check(ResourceInfo endpoint, ContainerRequestContext request) {
    boolean forOperators = EndpointRoles.isForOperators(endpoint);
    if (!forOperators && !endpoint.getResourceClass().isAnnotationPresent(StrictNames.class)) {
      return Optional.empty();
    }
    request.setProperty(STRICT_BODY, forOperators);
    List<FieldError> unknown =
        UnknownNames.parameters(
            endpoint.getResourceMethod(), request.getUriInfo().getQueryParameters());
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(ProblemMapper.answer(Problem.invalidRequest(unknown)));
  }
}
