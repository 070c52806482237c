package io.towncrier.functions;

import com.amazonaws.services.lambda.runtime.Context;
import io.quarkus.arc.Unremovable;
import io.quarkus.arc.profile.IfBuildProfile;
import io.towncrier.functions.metrics.EmbeddedMetrics;
import io.towncrier.functions.metrics.FunctionMetrics;
import io.towncrier.platform.Traces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/** Writes down each invocation: a span, and one line of metrics. */
@ApplicationScoped
@Unremovable
@IfBuildProfile("lambda")
class FunctionReport {
  private static final Logger LOG = Logger.getLogger(FunctionReport.class);
  // Its spans are those of its requests.
  private static final String API = "api";

  private final Traces traces;
  private final Iterable<FunctionMetrics> sources;
  private final InstantSource clock;

  @Inject
  FunctionReport(Traces traces, Instance<FunctionMetrics> sources, InstantSource clock) {
    this(traces, (Iterable<FunctionMetrics>) sources, clock);
  }

  FunctionReport(Traces traces, Iterable<FunctionMetrics> sources, InstantSource clock) {
    this.traces = traces;
    this.sources = sources;
    this.clock = clock;
  }

  void run(String function, Context context, Observed.Work work) throws IOException {
    long began = System.nanoTime();
    Invocation invocation =
        Invocation.begin(
            function,
            context,
            function.equals(API)
                ? Traces.Span.NONE
                : traces
                    .received(function, null)
                    .note("faas.invocation_id", context.getAwsRequestId()));
    try {
      work.run();
    } catch (IOException | RuntimeException | Error failure) {
      invocation.error(failure.getClass().getSimpleName());
      throw failure;
    } finally {
      invocation.end();
      tell(invocation, Duration.ofNanos(System.nanoTime() - began));
    }
  }

  /** Nothing fails because it cannot be written down. */
  private void tell(Invocation invocation, Duration took) {
    try {
      print(invocation, took);
      traces.flush();
    } catch (RuntimeException failure) {
      LOG.warn("what was seen of an invocation is lost", failure);
    }
  }

  private void print(Invocation invocation, Duration took) {
    List<FunctionMetrics.Metric> metrics = new ArrayList<>();
    metrics.add(FunctionMetrics.Metric.count("Requests", 1));
    metrics.add(FunctionMetrics.Metric.count("Errors", invocation.errors()));
    metrics.add(
        new FunctionMetrics.Metric(
            "DurationMillis", FunctionMetrics.Unit.MILLISECONDS, took.toNanos() / 1e6));
    sources.forEach(source -> metrics.addAll(source.sinceLastAsked()));
    byte[] line =
        EmbeddedMetrics.line(
                clock.instant(), invocation.function(), invocation.requestId(), metrics)
            .getBytes(StandardCharsets.UTF_8);
    // Past the log, which would wrap it: CloudWatch looks for _aws at the top.
    System.out.write(line, 0, line.length);
    System.out.flush();
  }
}
