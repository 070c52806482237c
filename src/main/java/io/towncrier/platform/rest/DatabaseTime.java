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
 * within 5 s (docs/adr/0029). What goes through all releases, all devices or all audit entries
 * keeps its own.
 */
@ApplicationScoped
class DatabaseTime {
  private static final Duration ALL = Duration.ofMillis(4_400);
  private static final int EARLY = 1_900;
  private static final Pattern OWN_TIME =
      Pattern.compile(
          "/v1/admin/((catalogue|simulate|lint|releases)(/.*)?|notices/[^/]+/(preview|start)"
              + "|audit/(reads/)?verification)");

  void register(@Observes Filters filters) {
    filters.register(DatabaseTime::begin, EARLY);
  }

  private static void begin(RoutingContext request) {
    if (!hasItsOwn(request.request().path())) {
      RequestTime.begin(ALL);
    }
    request.next();
  }

  /** Pure. */
  static boolean hasItsOwn(String path) {
    return OWN_TIME.matcher(path).matches();
  }
}
