package io.towncrier.privacy.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.ProblemException;
import io.towncrier.privacy.KeyCheck;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Lets nothing reach the data until the master key fits. Update checks, pages, health and
 * documentation use no key, and go on with a wrong one.
 */
@ApplicationScoped
class KeyGate {
  private static final Logger LOG = Logger.getLogger(KeyGate.class);
  // Behind the limits of the request, before its route.
  private static final int BEFORE_ROUTES = 900;
  private static final String API = "/v1/";
  private static final List<String> FREE = List.of("/v1/products/", "/v1/about");
  private static final String RETRY_AFTER_SECONDS = "10";

  private final KeyCheck keys;
  private final ObjectMapper json;

  KeyGate(KeyCheck keys, ObjectMapper json) {
    this.keys = keys;
    this.json = json;
  }

  void register(@Observes Filters filters) {
    filters.register(this::look, BEFORE_ROUTES);
  }

  private void look(RoutingContext request) {
    if (keys.fits() || isFree(request.normalizedPath())) {
      request.next();
      return;
    }
    // Meanwhile the request is paused: Quarkus lets it go on when somebody reads its body.
    keys.require()
        .subscribe()
        .with(fits -> request.next(), failure -> answer(request, problemOf(failure)));
  }

  /** What uses no key. An unknown path of the API does: nothing is free by a typing error. */
  static boolean isFree(String path) {
    return !path.startsWith(API) || FREE.stream().anyMatch(path::startsWith);
  }

  private static Problem problemOf(Throwable failure) {
    if (failure instanceof ProblemException told) {
      return told.problem();
    }
    LOG.warnf("the master key cannot be compared with the database: %s", failure);
    return ProblemCode.DATABASE_UNAVAILABLE.with(
        "Update checks go on. Send the request again later.");
  }

  private void answer(RoutingContext request, Problem problem) {
    try {
      request
          .response()
          .setStatusCode(problem.status())
          .putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
          .putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS)
          .end(json.writeValueAsString(problem));
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
