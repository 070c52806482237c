package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.quarkus.arc.Arc;
import io.towncrier.platform.LogContext;
import io.towncrier.platform.Traces;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** What the function is doing: one invocation at a time, as Lambda has it. */
final class Invocation {
  private static volatile @Nullable Invocation current;

  private final String function;
  private final String requestId;
  private final Traces.Span span;
  private final AtomicInteger errors = new AtomicInteger();

  private Invocation(String function, String requestId, Traces.Span span) {
    this.function = function;
    this.requestId = requestId;
    this.span = span;
  }

  static Invocation begin(String function, Context context, Traces.Span span) {
    Invocation begun = new Invocation(function, context.getAwsRequestId(), span);
    begun.mark();
    current = begun;
    return begun;
  }

  static @Nullable Invocation current() {
    return current;
  }

  /** The caller's Vert.x context takes part in what is under way. */
  static void arrive() {
    Invocation under = current;
    if (under != null) {
      under.mark();
      Arc.container().select(Traces.class).get().enter(under.span);
    }
  }

  private void mark() {
    LogContext.set(LogContext.REQUEST, requestId);
    span.traceId().ifPresent(trace -> LogContext.set(LogContext.TRACE, trace));
  }

  void end() {
    span.end();
    current = null;
    LogContext.unset(LogContext.REQUEST);
    LogContext.unset(LogContext.TRACE);
  }

  void error(String what) {
    errors.incrementAndGet();
    span.failed(what);
  }

  String function() {
    return function;
  }

  String requestId() {
    return requestId;
  }

  int errors() {
    return errors.get();
  }
}
