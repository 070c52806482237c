package io.towncrier.ddi.rest;

import io.towncrier.ddi.PollRauc;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.releases.Artifact;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import org.jspecify.annotations.Nullable;

/** The answers that RAUC understands. */
final class RaucResponses {
  /** For people who look why there is nothing. */
  static final String DECISION = "Towncrier-Decision";

  private RaucResponses() {}

  /**
   * 204 without a bundle; 302 to it; 304 when RAUC has it already, by the tag that an artifact of
   * ours has. The tag of another host is answered by that host, to which RAUC brings it.
   */
  static Response of(PollRauc.Answer answer, @Nullable String known) {
    Response.ResponseBuilder response =
        answer.bundle().map(bundle -> to(bundle, known)).orElseGet(Response::noContent);
    answer.again().ifPresent(time -> response.header(HttpHeaders.RETRY_AFTER, time.seconds()));
    return response
        .header(DECISION, answer.decision() + answer.reason().map(why -> " " + why).orElse(""))
        // It is made from headers, which no shared cache looks at.
        .header(HttpHeaders.CACHE_CONTROL, "no-store")
        .build();
  }

  private static Response.ResponseBuilder to(Artifact bundle, @Nullable String known) {
    return EntityTags.names(known, '"' + bundle.sha256() + '"')
        ? Response.notModified()
        : Response.status(Response.Status.FOUND).header(HttpHeaders.LOCATION, bundle.url());
  }
}
