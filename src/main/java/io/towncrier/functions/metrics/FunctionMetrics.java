package io.towncrier.functions.metrics;

import java.util.List;

/** What a part of the service adds to the metrics of each invocation; any bean may. */
public interface FunctionMetrics {
  /** What there is to tell; asked once at the end of each invocation. Never waits. */
  List<Metric> sinceLastAsked();

  /** One of CloudWatch's. */
  record Metric(String name, Unit unit, double value) {
    public static Metric count(String name, long value) {
      return new Metric(name, Unit.COUNT, value);
    }
  }

  /** As CloudWatch names them: API reference, MetricDatum. */
  enum Unit {
    COUNT("Count"),
    MILLISECONDS("Milliseconds"),
    SECONDS("Seconds");

    private final String name;

    Unit(String name) {
      this.name = name;
    }

    String cloudWatchName() {
      return name;
    }
  }
}
