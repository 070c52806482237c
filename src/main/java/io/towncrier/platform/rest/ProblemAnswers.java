package io.towncrier.platform.rest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.platform.Problem;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;

/** Problems that are answered before Quarkus REST looks at a request. */
@Singleton
public final class ProblemAnswers {
  private final ObjectMapper json;

  public ProblemAnswers(ObjectMapper json) {
    this.json = json;
  }

  /** Answers, unless somebody has begun to; a shared cache must not keep it. */
  public void end(RoutingContext context, Problem problem) {
    HttpServerResponse response = context.response();
    if (!response.ended() && !response.headWritten()) {
      begin(response, problem).end(text(problem));
    }
  }

  /** The same, and takes no more of this request: its connection is closed, as the answer says. */
  public void endAndClose(RoutingContext context, Problem problem) {
    if (context.request().version() == HttpVersion.HTTP_2) {
      // One stream of many, where no header may speak of the connection (RFC 9113 section 8.2.2).
      end(context, problem);
    } else {
      endAndClose(context.request(), problem);
    }
  }

  /** The same for a request that no route gets, on HTTP/1. */
  public void endAndClose(HttpServerRequest request, Problem problem) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.headWritten()) {
      request.connection().close();
      return;
    }
    begin(response, problem)
        .putHeader(HttpHeaders.CONNECTION, "close")
        .end(text(problem))
        .onComplete(written -> request.connection().close());
  }

  private static HttpServerResponse begin(HttpServerResponse response, Problem problem) {
    return response
        .setStatusCode(problem.status())
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        // In this case: see CheckRoute.
        .putHeader("Content-Type", ProblemMapper.MEDIA_TYPE);
  }

  private String text(Problem problem) {
    try {
      return json.writeValueAsString(problem);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
