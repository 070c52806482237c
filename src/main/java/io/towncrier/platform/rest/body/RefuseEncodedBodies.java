package io.towncrier.platform.rest.body;

import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.ProblemMapper;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Refuses a body that is compressed: what is read is counted against a limit, and bytes that grow
 * when they are read are not read at all. Says so, in place of taking it for broken JSON (RFC 9110
 * sections 12.5.3 and 15.5.16).
 */
final class RefuseEncodedBodies {
  private static final String IDENTITY = "identity";

  @ServerRequestFilter
  Optional<Response> check(ContainerRequestContext request) {
    String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
    if (encoding == null
        || encoding.isBlank()
        || encoding.trim().equalsIgnoreCase(IDENTITY)
        || !hasBody(request)) {
      return Optional.empty();
    }
    return Optional.of(
        Response.fromResponse(
                ProblemMapper.answer(
                    ProblemCode.UNSUPPORTED_MEDIA_TYPE.with(
                        "Send the body as it is, without Content-Encoding.")))
            .header(HttpHeaders.ACCEPT_ENCODING, IDENTITY)
            .build());
  }

  private static boolean hasBody(ContainerRequestContext request) {
    String length = request.getHeaderString(HttpHeaders.CONTENT_LENGTH);
    return request.getHeaderString("Transfer-Encoding") != null
        || (length != null && !length.equals("0"));
  }
}
