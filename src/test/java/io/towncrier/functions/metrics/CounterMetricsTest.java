package io.towncrier.functions.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.getui.ReceiptCounters;
import io.towncrier.delivery.sending.DeliveryCounters;
import io.towncrier.downloads.WaitCounters;
import io.towncrier.updates.CheckCounters;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CounterMetricsTest {
  private long each = 1;

  @Test
  void whatAlarmsWatchIsToldByTheirNames() {
    CounterMetrics metrics =
        new CounterMetrics(
            new CheckCounters(), counters(), new WaitCounters(), new ReceiptCounters());
    // Of eight outcomes, accepted and not sent are no failure.
    assertThat(told(metrics))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("PushesAccepted", 1.0, "PushesFailed", 7.0, "DeadLetters", 1.0));
    assertThat(told(metrics)).as("nothing since").isEmpty();
    each = 3;
    assertThat(told(metrics)).containsEntry("PushesFailed", 14.0).containsEntry("DeadLetters", 2.0);
  }

  private static Map<String, Double> told(CounterMetrics metrics) {
    return metrics.sinceLastAsked().stream()
        .collect(Collectors.toMap(FunctionMetrics.Metric::name, FunctionMetrics.Metric::value));
  }

  private DeliveryCounters counters() {
    return new DeliveryCounters() {
      @Override
      public long of(String outcome) {
        return each;
      }

      @Override
      public long deadLetters() {
        return each;
      }
    };
  }
}
