package io.towncrier.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a body whose announced length is beyond every limit; Quarkus would, with no word. */
@ApplicationScoped
class RouterProblems {
  // Before everything, Quarkus' own bound of the body included.
  private static final int FIRST = 1000;

  private final ObjectMapper json;
  private final long largest;

  RouterProblems(ObjectMapper json, TowncrierConfig config) {
    this.json = json;
    this.largest = Math.max(config.limits().bodyBytes(), config.limits().importBytes());
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext request) {
    if (announcedLength(request) > largest) {
      answer(request, ProblemCode.BODY_TOO_LARGE.with("See the limits in the README."));
    } else {
      request.next();
    }
  }

  private static long announcedLength(RoutingContext request) {
    String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return length == null ? 0 : Long.parseLong(length);
    } catch (NumberFormatException malformed) {
      // The server's own parser has refused it before.
      return 0;
    }
  }

  private void answer(RoutingContext request, Problem problem) {
    try {
      request
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, ProblemMapper.MEDIA_TYPE)
          .putHeader(HttpHeaders.CONNECTION, "close")
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
