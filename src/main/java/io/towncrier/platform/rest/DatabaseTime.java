package io.towncrier.platform.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.postgres.RequestTime;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Gives each request the time that it may wait for the database: while a fault lasts it is answered
 * within 5 s (docs/adr/0029). What goes through all releases or all devices keeps its own.
 */
@ApplicationScoped
class DatabaseTime {
  private static final Duration ALL = Duration.ofMillis(4_400);
  private static final int EARLY = 1_900;
  private static final Pattern OWN_TIME =
      Pattern.compile(
          "/v1/admin/((catalogue|simulate|lint|releases)(/.*)?|notices/[^/]+/(preview|start))");

  void register(@Observes Filters filters) {
    filters.register(DatabaseTime::begin, EARLY);
  }

  private static void begin(RoutingContext request) {
    if (!OWN_TIME.matcher(request.request().path()).matches()) {
      RequestTime.begin(ALL);
    }
    request.next();
  }
}
