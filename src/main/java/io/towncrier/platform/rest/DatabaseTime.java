package io.towncrier.platform.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.postgres.RequestTime;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.regex.Pattern;

/**
 * Limits how long each request may wait for the database: while a fault lasts, the request is
 * answered within 5 s (docs/adr/0029). Requests that go through all releases, all devices or all
 * audit entries keep a limit of their own.
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
