package io.towncrier.platform.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.OptionalInt;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Tells the revision of what is answered as its {@code ETag} too: a client that sends it back as
 * {@code If-Match} changes what it has read, and nothing else (docs/adr/0033).
 */
final class RevisionTag {
  @ServerResponseFilter
  void tag(ContainerResponseContext response) {
    revision(response.getEntity())
        .ifPresent(
            revision -> response.getHeaders().putSingle(HttpHeaders.ETAG, "\"" + revision + "\""));
  }

  private static OptionalInt revision(@org.jspecify.annotations.Nullable Object answer) {
    if (answer instanceof Revisioned revisioned) {
      return OptionalInt.of(revisioned.revision());
    }
    return answer instanceof ObjectNode node && node.path("revision").isInt()
        ? OptionalInt.of(node.path("revision").asInt())
        : OptionalInt.empty();
  }
}
