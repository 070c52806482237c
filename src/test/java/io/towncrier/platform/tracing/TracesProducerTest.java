package io.towncrier.platform.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TracesProducerTest {
  private final TracesProducer producer = new TracesProducer();

  @Test
  void tracesAreMadeWhereSomebodyCollectsThem() {
    assertThat(producer.traces(config("", 1))).isInstanceOf(NoTraces.class);
    assertThat(producer.traces(config("http://localhost:4318", 0.5)))
        .isInstanceOf(OtelTraces.class);
  }

  @Test
  void whatCannotWorkRefusesTheStart() {
    assertThatThrownBy(() -> producer.traces(config("localhost:4318", 1)))
        .hasMessageContaining("TOWNCRIER_TRACING_ENDPOINT");
    assertThatThrownBy(() -> producer.traces(config("http:/collector", 1)))
        .hasMessageContaining("TOWNCRIER_TRACING_ENDPOINT");
    for (double ratio : new double[] {-0.1, 1.1, Double.NaN}) {
      assertThatThrownBy(() -> producer.traces(config("http://localhost:4318", ratio)))
          .hasMessageContaining("TOWNCRIER_TRACING_RATIO");
    }
  }

  private static TracingConfig config(String endpoint, double ratio) {
    return new TracingConfig() {
      @Override
      public Optional<URI> endpoint() {
        return endpoint.isEmpty() ? Optional.empty() : Optional.of(URI.create(endpoint));
      }

      @Override
      public double ratio() {
        return ratio;
      }

      @Override
      public Duration flushTimeout() {
        return Duration.ofSeconds(1);
      }
    };
  }
}
