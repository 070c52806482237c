package io.towncrier.functions;

import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.rest.RequestMarks;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets a request of the API go by the id of its invocation, and counts those that fail. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class ApiRequests {
  // Before the request gets an id of its own.
  private static final int BEFORE_MARKS = 3000;
  private static final int SERVER_ERROR = 500;

  void register(@Observes Filters filters) {
    filters.register(this::begin, BEFORE_MARKS);
  }

  private void begin(RoutingContext request) {
    Invocation under = Invocation.current();
    if (under != null) {
      request.put(RequestMarks.GIVEN, under.requestId());
      request.addHeadersEndHandler(
          leaving -> {
            int status = request.response().getStatusCode();
            if (status >= SERVER_ERROR) {
              under.error("answered " + status);
            }
          });
    }
    request.next();
  }
}
