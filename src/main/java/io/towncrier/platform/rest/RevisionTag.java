package io.towncrier.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/**
 * Tells the revision of what is answered as its {@code ETag} too: a client that sends it back as
 * {@code If-Match} changes what it has read, and nothing else (docs/adr/0033). What has a tag for
 * all of it is not answered again to a client that has it.
 */
final class RevisionTag {
  @ServerResponseFilter
  void tag(ContainerRequestContext request, ContainerResponseContext response) {
    tag(response.getEntity())
        .map(tag -> '"' + tag + '"')
        .ifPresent(
            quoted -> {
              response.getHeaders().putSingle(HttpHeaders.ETAG, quoted);
              if (response.getEntity() instanceof Tagged && isKnown(request, quoted)) {
                response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
                response.setEntity(null);
              }
            });
  }

  private static boolean isKnown(ContainerRequestContext request, String quoted) {
    return request.getMethod().equals(HttpMethod.GET)
        && EntityTags.names(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), quoted);
  }

  private static Optional<String> tag(@Nullable Object answer) {
    if (answer instanceof Tagged tagged) {
      return Optional.of(tagged.tag());
    }
    if (answer instanceof Revisioned revisioned) {
      return Optional.of(Integer.toString(revisioned.revision()));
    }
    return answer instanceof ObjectNode node && node.path("revision").isInt()
        ? Optional.of(node.path("revision").asText())
        : Optional.empty();
  }
}
