package io.towncrier.platform.tracing;

import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.smallrye.common.vertx.VertxContext;
import io.towncrier.platform.Traces;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Traces through the SDK of OpenTelemetry, which is made at the first use: a snapshot of a function
 * holds no thread, connection or id of it.
 */
final class OtelTraces implements Traces {
  static final String TRACE_PARENT = "traceparent";
  private static final String CURRENT = "towncrier.span";
  private static final Duration AFTER_SILENCE = Duration.ofSeconds(30);
  private static final TextMapGetter<Map<String, String>> HEADER =
      new TextMapGetter<>() {
        @Override
        public Iterable<String> keys(Map<String, String> from) {
          return List.of(TRACE_PARENT);
        }

        @Override
        public @Nullable String get(@Nullable Map<String, String> from, String key) {
          return from == null ? null : from.get(key);
        }
      };

  private final Supplier<SdkTracerProvider> making;
  private final Duration flushTimeout;
  private volatile @Nullable SdkTracerProvider made;
  // A collector that is silent costs each function one wait, and then one in so long a time.
  private volatile long silentUntil = Long.MIN_VALUE;

  OtelTraces(Supplier<SdkTracerProvider> making, Duration flushTimeout) {
    this.making = making;
    this.flushTimeout = flushTimeout;
  }

  /** A caller's sampling is not ours: whether it is kept is decided by the ratio alone. */
  @Override
  public Span received(String name, @Nullable String traceParent) {
    Context parent = traceParent == null ? Context.root() : parse(traceParent);
    return begun(builder(name, SpanKind.SERVER).setParent(parent));
  }

  @Override
  public Span continued(String name, Optional<String> traceParent) {
    SpanBuilder span =
        builder(name, SpanKind.CONSUMER)
            .setParent(traceParent.map(OtelTraces::ours).orElse(Context.root()));
    if (current() instanceof OtelSpan during) {
      span.addLink(during.opened().getSpanContext());
    }
    return begun(span);
  }

  @Override
  public Span part(String name) {
    Context parent = current() instanceof OtelSpan around ? around.asParent() : Context.root();
    return begun(builder(name, SpanKind.INTERNAL).setParent(parent));
  }

  @Override
  public Span current() {
    return VertxContext.isOnDuplicatedContext()
            && Vertx.currentContext().getLocal(CURRENT) instanceof Span span
        ? span
        : Span.NONE;
  }

  @Override
  public void enter(Span span) {
    if (VertxContext.isOnDuplicatedContext()) {
      Vertx.currentContext().putLocal(CURRENT, span);
    }
  }

  @Override
  public void flush() {
    SdkTracerProvider provider = made;
    if (provider == null) {
      return;
    }
    CompletableResultCode sent = provider.forceFlush();
    long now = System.nanoTime();
    if (silentUntil == Long.MIN_VALUE || now - silentUntil > 0) {
      boolean heard = sent.join(flushTimeout.toMillis(), TimeUnit.MILLISECONDS).isSuccess();
      silentUntil = heard ? Long.MIN_VALUE : System.nanoTime() + AFTER_SILENCE.toNanos();
    }
  }

  void close() {
    SdkTracerProvider provider = made;
    if (provider != null) {
      provider.shutdown().join(flushTimeout.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private SpanBuilder builder(String name, SpanKind kind) {
    return tracer().spanBuilder(name).setSpanKind(kind);
  }

  private static Span begun(SpanBuilder span) {
    return new OtelSpan(span.startSpan());
  }

  private Tracer tracer() {
    SdkTracerProvider provider = made;
    return (provider == null ? make() : provider).get("io.towncrier");
  }

  private synchronized SdkTracerProvider make() {
    SdkTracerProvider provider = made;
    if (provider == null) {
      provider = making.get();
      made = provider;
    }
    return provider;
  }

  private static Context parse(String traceParent) {
    return W3CTraceContextPropagator.getInstance()
        .extract(Context.root(), Map.of(TRACE_PARENT, traceParent), HEADER);
  }

  /** What we have decided to keep is kept to its end. */
  private static Context ours(String traceParent) {
    SpanContext from =
        io.opentelemetry.api.trace.Span.fromContext(parse(traceParent)).getSpanContext();
    return Context.root()
        .with(
            io.opentelemetry.api.trace.Span.wrap(
                SpanContext.create(
                    from.getTraceId(),
                    from.getSpanId(),
                    from.getTraceFlags(),
                    from.getTraceState())));
  }
}
