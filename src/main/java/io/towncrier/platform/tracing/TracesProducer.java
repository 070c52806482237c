package io.towncrier.platform.tracing;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.towncrier.platform.Traces;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.Set;

/** Chooses: traces are made where somebody collects them. */
public final class TracesProducer {
  // OTLP/HTTP, "Request paths".
  private static final String PATH = "/v1/traces";
  private static final Set<String> SCHEMES = Set.of("http", "https");

  @Produces
  @Singleton
  Traces traces(TracingConfig config) {
    return of(config);
  }

  /** As configured. */
  public static Traces of(TracingConfig config) {
    requireSound(config);
    return config
        .endpoint()
        .<Traces>map(to -> new OtelTraces(() -> provider(to, config), config.flushTimeout()))
        .orElseGet(NoTraces::new);
  }

  /** At the start, and not with the first request. */
  static void requireSound(TracingConfig config) {
    config
        .endpoint()
        .filter(to -> !SCHEMES.contains(String.valueOf(to.getScheme())) || to.getHost() == null)
        .ifPresent(
            to -> {
              throw new IllegalStateException(
                  "TOWNCRIER_TRACING_ENDPOINT must be an http or https URL: " + to);
            });
    if (!(config.ratio() >= 0 && config.ratio() <= 1)) {
      throw new IllegalStateException("TOWNCRIER_TRACING_RATIO must be between 0 and 1");
    }
  }

  void close(@Disposes Traces traces) {
    if (traces instanceof OtelTraces open) {
      open.close();
    }
  }

  private static SdkTracerProvider provider(URI collector, TracingConfig config) {
    return SdkTracerProvider.builder()
        .setResource(
            Resource.getDefault()
                .merge(
                    Resource.create(Attributes.builder().put("service.name", "towncrier").build())))
        .setIdGenerator(new RandomIds())
        .setSampler(sampler(config.ratio()))
        .addSpanProcessor(
            BatchSpanProcessor.builder(
                    OtlpHttpSpanExporter.builder()
                        .setEndpoint(collector.toString().replaceFirst("/$", "") + PATH)
                        .setConnectTimeout(config.flushTimeout())
                        .setTimeout(Duration.ofSeconds(5))
                        .build())
                .setScheduleDelay(Duration.ofSeconds(1))
                .build())
        .build();
  }

  /** What we have begun is kept or not as a whole; what a caller has begun is for us to decide. */
  static Sampler sampler(double ratio) {
    Sampler kept = Sampler.traceIdRatioBased(ratio);
    return Sampler.parentBasedBuilder(kept)
        .setRemoteParentSampled(kept)
        .setRemoteParentNotSampled(kept)
        .build();
  }
}
