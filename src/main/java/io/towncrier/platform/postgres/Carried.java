package io.towncrier.platform.postgres;

import io.towncrier.platform.LogContext;
import io.towncrier.platform.Traces;
import java.util.Map;

/** What a caller is marked with, on its way into another Vert.x context. */
record Carried(Map<String, Object> marks, Traces.Span span) {
  /** Of the caller. */
  static Carried from(Traces traces) {
    return new Carried(LogContext.all(), traces.current());
  }

  /** In the context that it was meant for. */
  void arrive(Traces traces) {
    marks.forEach((mark, value) -> LogContext.set(mark, value.toString()));
    if (span != Traces.Span.NONE) {
      traces.enter(span);
    }
  }
}
