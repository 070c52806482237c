package io.towncrier.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.towncrier.platform.Traces;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A span of OpenTelemetry. */
final class OtelSpan implements Traces.Span {
  private final Span span;

  OtelSpan(Span span) {
    this.span = span;
  }

  Context asParent() {
    return Context.root().with(span);
  }

  Span opened() {
    return span;
  }

  @Override
  public Traces.Span note(String key, String value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public Traces.Span note(String key, long value) {
    span.setAttribute(key, value);
    return this;
  }

  @Override
  public void rename(String name) {
    span.updateName(name);
  }

  @Override
  public void failed(String why) {
    span.setStatus(StatusCode.ERROR, why);
  }

  @Override
  public void end() {
    span.end();
  }

  @Override
  public Optional<String> traceParent() {
    Map<String, String> header = new HashMap<>();
    W3CTraceContextPropagator.getInstance()
        .inject(asParent(), header, (to, key, value) -> Objects.requireNonNull(to).put(key, value));
    return Optional.ofNullable(header.get(OtelTraces.TRACE_PARENT));
  }

  @Override
  public Optional<String> traceId() {
    return span.isRecording() ? Optional.of(span.getSpanContext().getTraceId()) : Optional.empty();
  }
}
