package io.towncrier.server.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.towncrier.outcomes.health.Figures;
import io.towncrier.outcomes.judging.JudgeRollouts;
import io.towncrier.outcomes.judging.RolloutHealth;
import io.towncrier.outcomes.judging.ShowRollouts;
import io.towncrier.outcomes.state.Mark;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.releases.ReleaseId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** How rollouts go, for Prometheus at /q/metrics: counted devices by how far they have come. */
@ApplicationScoped
class RolloutMetrics implements ShowRollouts {
  private static final int MOST = 200;
  private static final List<String> NAMES =
      Stream.concat(
              Stream.of(Tally.OFFERED, Tally.STARTED), Arrays.stream(Mark.values()).map(Mark::code))
          .toList();

  private final MeterRegistry registry;
  private final Map<String, Figures> shown = new ConcurrentHashMap<>();

  RolloutMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void started(@Observes StartupEvent event, JudgeRollouts judge) {
    FunctionCounter.builder("towncrier.rollouts.halted", judge, JudgeRollouts::halted)
        .description("Rollouts that were halted by their figures")
        .register(registry);
  }

  @Override
  public void judged(ReleaseId release, RolloutHealth health) {
    String id = release.toString();
    if (shown.put(id, health.counted()) == null && shown.size() <= MOST) {
      for (String name : NAMES) {
        Gauge.builder(
                "towncrier.rollout.devices",
                shown,
                all -> all.getOrDefault(id, Figures.NONE).of(name))
            .description("Devices whose outcomes count, by how far they have come")
            .tag("release", id)
            .tag("outcome", name)
            .register(registry);
      }
    }
  }
}
