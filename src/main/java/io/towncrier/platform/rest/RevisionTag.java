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
    boolean looksAgain = isLookOfOperator(request, response);
    Object answer = response.getEntity();
    Optional<String> whole = looksAgain ? whole(answer) : Optional.empty();
    whole
        .or(() -> tag(answer))
        .map(tag -> '"' + tag + '"')
        .ifPresent(
            quoted -> {
              response.getHeaders().putSingle(HttpHeaders.ETAG, quoted);
              if ((looksAgain || answer instanceof Tagged) && isKnown(request, quoted)) {
                response.setStatus(Response.Status.NOT_MODIFIED.getStatusCode());
                response.setEntity(null);
              }
            });
  }

  private static boolean isKnown(ContainerRequestContext request, String quoted) {
    return request.getMethod().equals(HttpMethod.GET)
        && EntityTags.names(request.getHeaderString(HttpHeaders.IF_NONE_MATCH), quoted);
  }

  /** A console looks at the same again and again. */
  private static boolean isLookOfOperator(
      ContainerRequestContext request, ContainerResponseContext response) {
    return request.getMethod().equals(HttpMethod.GET)
        && response.getStatus() == Response.Status.OK.getStatusCode()
        && Boolean.TRUE.equals(request.getProperty(RefuseUnknownParameters.STRICT_BODY));
  }

  /** All of an answer; behind the revision there is what it rests on besides. */
  private static Optional<String> whole(@Nullable Object answer) {
    if (answer instanceof Tagged || !(answer instanceof Record all)) {
      return Optional.empty();
    }
    String hash = EntityTags.of(all);
    return Optional.of(
        answer instanceof Revisioned revisioned ? revisioned.revision() + "-" + hash : hash);
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
