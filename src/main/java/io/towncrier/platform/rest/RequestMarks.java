package io.towncrier.platform.rest;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.towncrier.platform.Ids;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Traces;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Gives each request its id, by which its lines of log and its trace are found, and says it in the
 * answer. An update check that is answered the short way has none: shared caches answer most of
 * them (docs/adr/0021).
 */
@ApplicationScoped
public class RequestMarks {
  static final String HEADER = "X-Request-Id";

  /** Under which name of the request an id is found that somebody has given it before. */
  public static final String GIVEN = "towncrier.request-id";

  // Before any filter that may refuse the request.
  private static final int BEFORE_ALL = 2000;
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._-]{1,64}");
  // Somebody might take what names or proves a device of theirs for a request's name.
  private static final Pattern OF_SOMETHING_ELSE = Pattern.compile("(?!req_)[a-z]+_[0-9a-z]{26,}");
  // As notices.Notice has it.
  private static final String NOTICE_PREFIX = "ntc";
  private static final int SERVER_ERROR = 500;

  private final Traces traces;

  RequestMarks(Traces traces) {
    this.traces = traces;
  }

  void register(@Observes Filters filters) {
    filters.register(this::mark, BEFORE_ALL);
  }

  private void mark(RoutingContext context) {
    HttpServerRequest request = context.request();
    String id = idOf(context);
    LogContext.set(LogContext.REQUEST, id);
    request.response().putHeader(HEADER, id);
    Optional<String> notice = noticeIn(request.path());
    notice.ifPresent(n -> LogContext.set(LogContext.NOTICE, n));
    // Monitoring asks every few seconds.
    if (!request.path().startsWith("/q/")) {
      trace(context, id, notice);
    }
    context.next();
  }

  private void trace(RoutingContext context, String id, Optional<String> notice) {
    HttpServerRequest request = context.request();
    String method = known(request.method());
    Traces.Span span =
        traces
            .received(method, request.getHeader("traceparent"))
            .note("http.request.method", method)
            .note(Traces.Span.REQUEST, id);
    if (span == Traces.Span.NONE) {
      return;
    }
    notice.ifPresent(n -> span.note(Traces.Span.NOTICE, n));
    span.traceId().ifPresent(trace -> LogContext.set(LogContext.TRACE, trace));
    traces.enter(span);
    // Before the answer leaves: a function is frozen as soon as it has. Else when there is none.
    context.addHeadersEndHandler(leaving -> end(context, span));
    context.addEndHandler(gone -> span.end());
  }

  private static void end(RoutingContext context, Traces.Span span) {
    int status = context.response().getStatusCode();
    span.note("http.response.status_code", status);
    if (status >= SERVER_ERROR) {
      span.failed("answered " + status);
    }
    span.end();
  }

  /** Any other is a text of the caller's. */
  private static String known(HttpMethod method) {
    return HttpMethod.values().contains(method) ? method.name() : "_OTHER";
  }

  private static String idOf(RoutingContext context) {
    String given = context.get(GIVEN);
    if (given != null) {
      return given;
    }
    String sent = context.request().getHeader(HEADER);
    return sent != null && isGood(sent) ? sent : Ids.next("req");
  }

  private static boolean isGood(String id) {
    return PLAIN.matcher(id).matches() && !OF_SOMETHING_ELSE.matcher(id).matches();
  }

  private static Optional<String> noticeIn(String path) {
    return path.contains("/" + NOTICE_PREFIX + "_")
        ? Arrays.stream(path.split("/", -1))
            .filter(part -> Ids.looksLike(NOTICE_PREFIX, part))
            .findFirst()
        : Optional.empty();
  }
}
