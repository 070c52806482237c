package io.towncrier.infra.stack.alarms;

import io.towncrier.infra.stack.Work;
import io.towncrier.infra.stack.data.Database;
import io.towncrier.infra.stack.edge.FrontDoor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.MathExpression;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.MetricOptions;

/** Metrics by name. */
public final class Metrics {
  public static final Duration FIVE_MINUTES = Duration.minutes(5);

  /** Of what stops a deployment: an alarm of five minutes would not see the last of its canary. */
  static final Duration A_MINUTE = Duration.minutes(1);

  private Metrics() {}

  /** One that a function writes itself. */
  static Metric ours(String name, Work work, String statistic) {
    return of("Towncrier", name, Map.of("Function", work.named()), statistic);
  }

  /** The same by the minute. */
  static Metric eachMinute(Metric metric) {
    return metric.with(MetricOptions.builder().period(A_MINUTE).build());
  }

  /** One that several functions write, of whichever has the most; silent while all are. */
  static MathExpression mostOf(String name, List<Work> works, String statistic) {
    Map<String, IMetric> each = new TreeMap<>();
    works.forEach(work -> each.put(work.named(), ours(name, work, statistic)));
    return MathExpression.Builder.create()
        .label(name)
        .expression("MAX([" + String.join(",", each.keySet()) + "])")
        .usingMetrics(each)
        .period(FIVE_MINUTES)
        .build();
  }

  static Metric api(String name, FrontDoor door, String statistic) {
    return of("AWS/ApiGateway", name, Map.of("ApiId", door.id()), statistic);
  }

  static Metric database(String name, Database database, String statistic) {
    return of("AWS/RDS", name, Map.of("DBClusterIdentifier", database.identifier()), statistic);
  }

  private static Metric of(
      String namespace, String name, Map<String, String> dimensions, String statistic) {
    return Metric.Builder.create()
        .namespace(namespace)
        .metricName(name)
        .dimensionsMap(dimensions)
        .statistic(statistic)
        .period(FIVE_MINUTES)
        .build();
  }
}
