package io.towncrier.platform.rest.edge;

import io.quarkus.vertx.http.ManagementInterface;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.ProblemAnswers;
import io.towncrier.platform.rest.body.BodyTime;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first that sees a request, on every interface: what two readers could read in two ways is
 * refused, and what the server's own parser refuses is told as a problem. Neither writes a line of
 * log, since path and headers are the caller's text.
 */
@ApplicationScoped
class EdgeGuard {
  /** Before every route of ours, checks among them. */
  static final int ORDER = -1_000_000;

  private static final int BAD_REQUEST = 400;
  private static final Problem UNREADABLE =
      Problem.invalidRequest(
          "request", "has no valid Host, or a path or query that cannot be read");

  private final ProblemAnswers answers;
  private final BodyTime bodies;

  EdgeGuard(ProblemAnswers answers, BodyTime bodies) {
    this.answers = answers;
    this.bodies = bodies;
  }

  void register(@Observes Router router) {
    guard(router);
    router.route().order(ORDER + 1).handler(bodies::watch);
  }

  void registerManagement(@Observes ManagementInterface management) {
    guard(management.router());
  }

  private void guard(Router router) {
    router.route().order(ORDER).handler(this::look).failureHandler(this::tell);
    // No route gets a path that cannot be parsed.
    router.errorHandler(BAD_REQUEST, context -> answers.end(context, UNREADABLE));
  }

  private void look(RoutingContext context) {
    Optional<Problem> refusal = refusal(context.request());
    if (refusal.isPresent()) {
      answers.end(context, refusal.get());
    } else {
      context.next();
    }
  }

  private static Optional<Problem> refusal(HttpServerRequest request) {
    if (!PlainPath.is(request.path())) {
      return Optional.of(
          Problem.invalidRequest(
              "path",
              "has a semicolon, a backslash, a dot segment or an escape that stands for one of"
                  + " them, for a slash or for nothing"));
    }
    // What is broken in the facts of a check costs one of them (docs/adr/0022).
    if (hasBrokenEscape(request.query())
        && CheckForm.of(request.path()).filter(CheckForm::hasFactsInItsQuery).isEmpty()) {
      return Optional.of(Problem.invalidRequest("query", "has an escape that is none"));
    }
    // RFC 9112 section 3.2.
    return request.headers().getAll(HttpHeaders.HOST).size() > 1
        ? Optional.of(Problem.invalidRequest("Host", "is given more than once"))
        : Optional.empty();
  }

  /** A percent sign without two hexadecimal digits behind it. */
  static boolean hasBrokenEscape(@Nullable String query) {
    if (query == null) {
      return false;
    }
    for (int at = query.indexOf('%'); at >= 0; at = query.indexOf('%', at + 1)) {
      if (at + 2 >= query.length()
          || Character.digit(query.charAt(at + 1), 16) < 0
          || Character.digit(query.charAt(at + 2), 16) < 0) {
        return true;
      }
    }
    return false;
  }

  /** What has failed before anything of ours was called; the rest is for Quarkus. */
  private void tell(RoutingContext context) {
    Problem problem = problem(context.statusCode(), context.failure());
    if (problem == null) {
      context.next();
    } else {
      answers.end(context, problem);
    }
  }

  private static @Nullable Problem problem(int status, @Nullable Throwable failure) {
    // Sign-in and endpoints fail with exceptions of their own.
    if (failure != null && !failure.getClass().getName().startsWith("io.vertx.")) {
      return null;
    }
    return switch (status) {
      case BAD_REQUEST -> UNREADABLE;
      case 404 -> ProblemCode.NOT_FOUND.with("No resource has this path.");
      case 405 -> ProblemCode.METHOD_NOT_ALLOWED.with("/q/openapi lists the methods of this path.");
      case 413 ->
          ProblemCode.BODY_TOO_LARGE.with(
              "The limits are in docs/configuration.md. Send less at a time.");
      default -> null;
    };
  }
}
