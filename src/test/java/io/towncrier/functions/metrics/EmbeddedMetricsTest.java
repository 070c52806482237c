package io.towncrier.functions.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.towncrier.functions.metrics.FunctionMetrics.Metric;
import io.towncrier.functions.metrics.FunctionMetrics.Unit;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class EmbeddedMetricsTest {
  @Test
  void aLineIsWhatCloudWatchTakesForMetrics() throws Exception {
    String line =
        EmbeddedMetrics.line(
            Instant.ofEpochMilli(1_700_000_000_123L),
            "deliver",
            "request-1",
            List.of(Metric.count("Requests", 1), new Metric("AgeSeconds", Unit.SECONDS, 1.5)));
    assertThat(line).endsWith("}\n");
    assertThat(line.strip()).doesNotContain("\n");
    JsonNode json = new ObjectMapper().readTree(line);
    assertThat(json.at("/_aws/Timestamp").longValue()).isEqualTo(1_700_000_000_123L);
    JsonNode directive = json.at("/_aws/CloudWatchMetrics/0");
    assertThat(directive.path("Namespace").asText()).isEqualTo("Towncrier");
    assertThat(directive.at("/Dimensions").toString()).isEqualTo("[[\"Function\"]]");
    assertThat(directive.path("Metrics").toString())
        .isEqualTo(
            "[{\"Name\":\"Requests\",\"Unit\":\"Count\"},"
                + "{\"Name\":\"AgeSeconds\",\"Unit\":\"Seconds\"}]");
    assertThat(json.path("Function").asText()).isEqualTo("deliver");
    assertThat(json.path("requestId").asText()).isEqualTo("request-1");
    assertThat(json.path("Requests").asDouble()).isEqualTo(1);
    assertThat(json.path("AgeSeconds").asDouble()).isEqualTo(1.5);
  }
}
