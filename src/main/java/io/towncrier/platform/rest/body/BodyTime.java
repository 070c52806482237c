package io.towncrier.platform.rest.body;

import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.rest.ProblemAnswers;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the body of a request may take to arrive: a basic time, and more for what is large, so
 * that a slow line can send an import. A client that sends half a request does not hold a
 * connection.
 */
@ApplicationScoped
public class BodyTime {
  // A slow line uploads as much in a second.
  private static final long SLOWEST_BYTES_PER_SECOND = 32 * 1024;
  // Behind the largest body that is taken; an announced one beyond it was refused before.
  private static final Set<String> IMPORTS =
      Set.of("/v1/admin/catalogue", "/v1/admin/catalogue/preview");
  // Parts of artifacts, the largest bodies that are no imports.
  private static final String ARTIFACTS = "/v1/admin/artifacts/";
  private static final int CANCEL = 8;

  private final Duration basic;
  private final TowncrierConfig.Limits limits;
  private final ProblemAnswers answers;

  public BodyTime(TowncrierConfig config, ProblemAnswers answers) {
    this.limits = config.limits();
    this.basic = limits.bodyTime();
    this.answers = answers;
  }

  public void watch(RoutingContext context) {
    HttpServerRequest request = context.request();
    if (mayHaveBody(request)) {
      long timer =
          context.vertx().setTimer(millis(request), late -> cutUnlessComplete(context, request));
      context.addEndHandler(answered -> context.vertx().cancelTimer(timer));
    }
    context.next();
  }

  /** How long the largest body of all may take. */
  public Duration longest() {
    long most =
        Math.max(BodyLimit.STREAMED_BYTES, Math.max(limits.importBytes(), limits.bodyBytes()));
    return basic.plusSeconds(most / SLOWEST_BYTES_PER_SECOND);
  }

  private static boolean mayHaveBody(HttpServerRequest request) {
    HttpMethod method = request.method();
    // Checks are answered without a look at a body.
    return !method.equals(HttpMethod.GET) && !method.equals(HttpMethod.HEAD);
  }

  private long millis(HttpServerRequest request) {
    return basic.toMillis()
        + 1000 * bytes(request, most(request.path())) / SLOWEST_BYTES_PER_SECOND;
  }

  private long most(@Nullable String path) {
    if (path != null && IMPORTS.contains(path)) {
      return limits.importBytes();
    }
    return path != null && path.startsWith(ARTIFACTS)
        ? BodyLimit.STREAMED_BYTES
        : limits.bodyBytes();
  }

  private static long bytes(HttpServerRequest request, long most) {
    @Nullable String announced = request.getHeader(HttpHeaders.CONTENT_LENGTH);
    try {
      return announced == null ? most : Math.min(most, Long.parseLong(announced));
    } catch (NumberFormatException malformed) {
      return most;
    }
  }

  private void cutUnlessComplete(RoutingContext context, HttpServerRequest request) {
    if (request.isEnded()) {
      return;
    }
    if (request.version() == HttpVersion.HTTP_2) {
      // The other streams of the connection are not at fault.
      context.response().reset(CANCEL);
    } else {
      answers.endAndClose(
          context, ProblemCode.REQUEST_TIMEOUT.with("The body did not arrive in time."));
    }
  }
}
