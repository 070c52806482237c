package io.towncrier.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import io.towncrier.platform.Traces;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OtelTracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String KEPT = "00-" + TRACE + "-b7ad6b7169203331-01";
  private static final String NOT_KEPT = "00-" + TRACE + "-b7ad6b7169203331-00";

  private final Kept kept = new Kept();

  @Test
  void theTraceOfARequestGoesOnInWhatIsDoneLaterElsewhere() {
    Traces.Span request = traces(1).received("POST", KEPT);
    Optional<String> stored = request.traceParent();
    request.end();
    Traces.Span sending = traces(1).continued("push", stored);
    sending.end();
    assertThat(kept.spans).extracting(SpanData::getTraceId).containsExactly(TRACE, TRACE);
    assertThat(kept.spans.get(1).getParentSpanId()).isEqualTo(kept.spans.get(0).getSpanId());
  }

  @Test
  void whatCallersSayOfSamplingDecidesNothing() {
    traces(0).received("GET", KEPT).end();
    assertThat(kept.spans).isEmpty();
    traces(1).received("GET", NOT_KEPT).end();
    assertThat(kept.spans).hasSize(1);
  }

  @Test
  void aTraceThatIsKeptIsKeptToItsEndAndOneThatIsNotIsNot() {
    Optional<String> stored = traces(1).received("POST", null).traceParent();
    traces(0).continued("push", stored).end();
    assertThat(kept.spans).hasSize(1);
    Traces.Span unkept = traces(0).received("POST", null);
    assertThat(unkept.traceId()).isEmpty();
    traces(1).continued("push", unkept.traceParent()).end();
    assertThat(kept.spans).hasSize(1);
  }

  @Test
  void aMalformedParentBeginsATrace() {
    traces(1).received("GET", "00-zz").end();
    traces(1).continued("push", Optional.of("nonsense")).end();
    traces(1).continued("push", Optional.empty()).end();
    assertThat(kept.spans).hasSize(3).noneMatch(span -> span.getParentSpanContext().isValid());
    assertThat(kept.spans).extracting(SpanData::getTraceId).doesNotHaveDuplicates();
  }

  @Test
  void nothingIsMadeBeforeItIsUsed() {
    AtomicBoolean made = new AtomicBoolean();
    OtelTraces traces =
        new OtelTraces(
            () -> {
              made.set(true);
              return provider(1);
            },
            Duration.ofSeconds(1));
    traces.flush();
    traces.close();
    assertThat(made).isFalse();
    traces.part("work").end();
    assertThat(made).isTrue();
  }

  @Test
  void aSilentCollectorIsWaitedForOnceAndNotLong() {
    OtelTraces traces =
        new OtelTraces(
            () ->
                SdkTracerProvider.builder()
                    .addSpanProcessor(BatchSpanProcessor.builder(new Silent()).build())
                    .build(),
            Duration.ofMillis(300));
    traces.part("work").end();
    assertThat(millis(traces::flush)).isBetween(250L, 2_000L);
    traces.part("work").end();
    assertThat(millis(traces::flush)).isLessThan(250);
  }

  private static long millis(Runnable work) {
    long began = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - began).toMillis();
  }

  private OtelTraces traces(double ratio) {
    return new OtelTraces(() -> provider(ratio), Duration.ofSeconds(1));
  }

  private SdkTracerProvider provider(double ratio) {
    return SdkTracerProvider.builder()
        .setIdGenerator(new RandomIds())
        .setSampler(TracesProducer.sampler(ratio))
        .addSpanProcessor(SimpleSpanProcessor.create(kept))
        .build();
  }

  private static final class Kept implements SpanExporter {
    private final List<SpanData> spans = new ArrayList<>();

    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      spans.addAll(ended);
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode flush() {
      return CompletableResultCode.ofSuccess();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }

  private static final class Silent implements SpanExporter {
    @Override
    public CompletableResultCode export(Collection<SpanData> ended) {
      return new CompletableResultCode();
    }

    @Override
    public CompletableResultCode flush() {
      return new CompletableResultCode();
    }

    @Override
    public CompletableResultCode shutdown() {
      return CompletableResultCode.ofSuccess();
    }
  }
}
