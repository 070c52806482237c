package io.towncrier.platform.rest.edge;

import io.towncrier.platform.TowncrierConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets the pages of some origins call the API: apps that run in a browser. It only ever adds
 * headers, since it is browsers that refuse; credentials of the browser's own are never meant.
 */
@ApplicationScoped
class Cors {
  /** Behind what refuses ambiguous requests, before a check is answered the short way. */
  private static final int ORDER = EdgeGuard.ORDER + 10;

  private static final Pattern ORIGIN = Pattern.compile("[a-z][a-z0-9+.-]*://[^/\\s*]+");
  private static final String METHODS = "GET, POST, PUT, PATCH, DELETE";
  private static final String HEADERS =
      "Accept-Language, Authorization, Content-Type, If-Match, If-None-Match, X-Device-Secret";
  private static final String EXPOSED = "ETag, Retry-After, X-Request-Id";
  private static final String MAX_AGE_SECONDS = "600";
  private static final int NO_CONTENT = 204;

  private final Set<String> origins;

  Cors(TowncrierConfig config) {
    this.origins = Set.copyOf(config.cors().origins().orElse(List.of()));
    if (!origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches())) {
      throw new IllegalArgumentException(
          "TOWNCRIER_CORS_ORIGINS must be origins such as https://app.example.com");
    }
  }

  /** Where no origin is named, no request is looked at. */
  void register(@Observes Router router) {
    if (!origins.isEmpty()) {
      router.route("/v1/*").order(ORDER).handler(this::allow);
    }
  }

  private void allow(RoutingContext context) {
    HttpServerRequest request = context.request();
    MultiMap headers = request.response().headers();
    String origin = request.getHeader(HttpHeaders.ORIGIN);
    if (CheckForm.of(request.path()).filter(CheckForm::isForPages).isPresent()) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, "*");
      headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
    } else {
      headers.add(HttpHeaders.VARY, "Origin");
      if (origin != null && origins.contains(origin)) {
        headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.set(HttpHeaders.ACCESS_CONTROL_EXPOSE_HEADERS, EXPOSED);
      }
    }
    boolean asksFirst =
        HttpMethod.OPTIONS.equals(request.method())
            && request.getHeader(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD) != null;
    if (asksFirst) {
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_METHODS, METHODS);
      headers.set(HttpHeaders.ACCESS_CONTROL_ALLOW_HEADERS, HEADERS);
      headers.set(HttpHeaders.ACCESS_CONTROL_MAX_AGE, MAX_AGE_SECONDS);
      request.response().setStatusCode(NO_CONTENT).end();
    } else {
      context.next();
    }
  }
}
