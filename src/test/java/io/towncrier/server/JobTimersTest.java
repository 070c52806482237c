package io.towncrier.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.towncrier.jobs.Cadence;
import io.towncrier.jobs.PeriodicJob;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class JobTimersTest {
  private final List<String> ran = new ArrayList<>();

  @Test
  void aJobThatFailsKeepsNoOtherFromRunning() {
    JobTimers.inOrder(
            List.of(
                job("first", Uni.createFrom().item(1L)),
                job("away", Uni.createFrom().failure(new IllegalStateException("away"))),
                job("last", Uni.createFrom().item(3L))))
        .await()
        .indefinitely();

    assertThat(ran).containsExactly("first", "away", "last");
  }

  @Test
  void aServerHasATimerForEachCadence() {
    Set<String> timers =
        Arrays.stream(JobTimers.class.getDeclaredMethods())
            .filter(method -> method.isAnnotationPresent(Scheduled.class))
            .map(method -> method.getName().toUpperCase(Locale.ROOT))
            .collect(Collectors.toSet());
    Set<String> cadences =
        Arrays.stream(Cadence.values()).map(Cadence::name).collect(Collectors.toSet());
    cadences.removeAll(Set.of("ONCE", "TICK_ONLY"));

    assertThat(timers).isEqualTo(cadences);
  }

  private PeriodicJob job(String name, Uni<Long> outcome) {
    return new PeriodicJob(
        name,
        Cadence.MARK,
        this,
        hasTime -> {
          ran.add(name);
          return outcome;
        });
  }
}
