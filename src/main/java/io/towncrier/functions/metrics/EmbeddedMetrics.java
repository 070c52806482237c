package io.towncrier.functions.metrics;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/**
 * A line of CloudWatch's embedded metric format: CloudWatch Logs User Guide, "Specification:
 * Embedded metric format". At most 100 metrics, of which none is named like a member beside it.
 */
public final class EmbeddedMetrics {
  private static final String NAMESPACE = "Towncrier";
  private static final String DIMENSION = "Function";

  private EmbeddedMetrics() {}

  /** With its end of line. */
  public static String line(
      Instant now, String function, String requestId, List<FunctionMetrics.Metric> metrics) {
    ObjectNode line = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = line.putObject("_aws");
    aws.put("Timestamp", now.toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    directive.putArray("Dimensions").addArray().add(DIMENSION);
    ArrayNode definitions = directive.putArray("Metrics");
    line.put(DIMENSION, function);
    line.put("requestId", requestId);
    for (FunctionMetrics.Metric metric : metrics) {
      definitions
          .addObject()
          .put("Name", metric.name())
          .put("Unit", metric.unit().cloudWatchName());
      line.put(metric.name(), metric.value());
    }
    return line + "\n";
  }
}
