package io.towncrier.server;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.quarkus.arc.Arc;
import io.quarkus.vertx.VertxOptionsCustomizer;
import io.towncrier.platform.Problem;
import io.towncrier.platform.ProblemCode;
import io.towncrier.platform.rest.ProblemAnswers;
import io.vertx.core.Context;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingOptions;
import io.vertx.core.tracing.TracingPolicy;
import jakarta.inject.Singleton;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What Netty's parser cannot read is answered by a problem as well, on both interfaces. Vert.x has
 * a handler for it, which belongs to a server that Quarkus makes and shows to nobody. A tracer is
 * shown every request before its handler is chosen, so ours names that handler to the connection;
 * it traces nothing.
 */
@Singleton
class UnparsedRequests implements VertxOptionsCustomizer {
  @Override
  public void accept(VertxOptions options) {
    if (options.getTracingOptions() == null) {
      options.setTracingOptions(new TracingOptions().setFactory(settings -> new Watch()));
    }
  }

  private static void answer(HttpServerRequest request) {
    @Nullable ProblemAnswers answers = answers();
    if (answers == null) {
      HttpServerRequest.DEFAULT_INVALID_REQUEST_HANDLER.handle(request);
    } else {
      answers.endAndClose(request, problem(request.decoderResult().cause()));
    }
  }

  // Not injected: Vert.x is made before the container is through with its start, and in dev mode
  // it outlives the container.
  private static @Nullable ProblemAnswers answers() {
    return Arc.container() == null ? null : Arc.container().instance(ProblemAnswers.class).get();
  }

  /** Nothing of the caller's text is repeated: pure. */
  static Problem problem(@Nullable Throwable cause) {
    if (cause instanceof TooLongHttpLineException) {
      return ProblemCode.URI_TOO_LONG.with("The request line may have 4096 bytes.");
    }
    return cause instanceof TooLongHttpHeaderException
        ? ProblemCode.HEADERS_TOO_LARGE.with("Send fewer or shorter headers.")
        : Problem.invalidRequest("request", "is no HTTP request that can be read");
  }

  private static final class Watch implements VertxTracer<Object, Object> {
    @Override
    public <R> @Nullable Object receiveRequest(
        Context context,
        SpanKind kind,
        TracingPolicy policy,
        R request,
        String operation,
        Iterable<Map.Entry<String, String>> headers,
        TagExtractor<R> tags) {
      if (request instanceof HttpServerRequest http
          && http.decoderResult().isFailure()
          && http.connection() instanceof HttpServerConnection connection) {
        connection.invalidRequestHandler(UnparsedRequests::answer);
      }
      return null;
    }
  }
}
