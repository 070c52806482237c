package io.towncrier.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.towncrier.platform.rest.RouteName;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Requests by method, route and status, for Prometheus. No tag is a text of the caller's: there are
 * nine methods and OTHER, the routes that are declared, and one name for all paths without a route.
 * Quarkus' own series are off, since their number is the caller's to choose (docs/adr/0028).
 */
@ApplicationScoped
class HttpSeries {
  /** For everything that matched no route. */
  static final String NO_ROUTE = "OTHER";

  private static final String NAME = "http.server.requests";
  private static final String BEGAN = "towncrier.began";
  // Before everything, what is refused among it.
  private static final int ORDER = -2_000_000;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

  private final MeterRegistry registry;
  private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();
  private final AtomicInteger active = new AtomicInteger();

  HttpSeries(MeterRegistry registry) {
    this.registry = registry;
  }

  void register(@Observes Router router) {
    Gauge.builder("http.server.active.requests", active, AtomicInteger::get)
        .description("HTTP requests that are worked on")
        .register(registry);
    router.route().order(ORDER).handler(this::begin).failureHandler(this::begin);
  }

  private void begin(RoutingContext context) {
    // What fails goes through here once more, or for the first time.
    if (context.get(BEGAN) == null) {
      long began = System.nanoTime();
      context.put(BEGAN, began);
      active.incrementAndGet();
      context.addEndHandler(ended -> end(context, began, ended.succeeded()));
    }
    context.next();
  }

  private void end(RoutingContext context, long began, boolean answered) {
    active.decrementAndGet();
    int status = answered ? context.response().getStatusCode() : 0;
    Tags tags = new Tags(method(context.request().method()), route(context, status), status);
    timers
        .computeIfAbsent(tags, this::timer)
        .record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Tags tags) {
    return Timer.builder(NAME)
        .description("HTTP requests by method, route and status")
        .tag("method", tags.method())
        .tag("uri", tags.route())
        .tag("status", tags.status() == 0 ? "RESET" : Integer.toString(tags.status()))
        .tag("outcome", outcome(tags.status()))
        .register(registry);
  }

  static String method(HttpMethod method) {
    return METHODS.contains(method.name()) ? method.name() : NO_ROUTE;
  }

  private static String route(RoutingContext context, int status) {
    @Nullable String route = context.get(RouteName.OF_REQUEST);
    if (route != null) {
      return route;
    }
    return status == 404 ? "NOT_FOUND" : NO_ROUTE;
  }

  private static String outcome(int status) {
    return switch (status / 100) {
      case 1 -> "INFORMATIONAL";
      case 2 -> "SUCCESS";
      case 3 -> "REDIRECTION";
      case 5 -> "SERVER_ERROR";
      default -> "CLIENT_ERROR";
    };
  }

  private record Tags(String method, String route, int status) {}
}
