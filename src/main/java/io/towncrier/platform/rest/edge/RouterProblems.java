package io.towncrier.platform.rest.edge;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.body.ImportRoom;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Refuses a body whose announced length is beyond every limit; Quarkus would, with no word. */
@ApplicationScoped
class RouterProblems {
  // Before everything, Quarkus' own bound of the body included.
  private static final int FIRST = 1000;

  private final ProblemAnswers answers;
  private final ImportRoom room;
  private final long bodyBytes;

  RouterProblems(ProblemAnswers answers, ImportRoom room, TowncrierConfig config) {
    this.answers = answers;
    this.room = room;
    this.bodyBytes = config.limits().bodyBytes();
  }

  void register(@Observes Filters filters) {
    filters.register(this::check, FIRST);
  }

  private void check(RoutingContext request) {
    if (announcedLength(request) > Math.max(bodyBytes, room.bytes())) {
      answers.endAndClose(request, room.tooLarge());
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
}
