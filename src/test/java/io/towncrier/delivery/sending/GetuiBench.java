package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What docs/results.md says of pushes by Getui; run by bench/getui. */
@QuarkusTest
@TestProfile(GetuiBench.Unbounded.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
class GetuiBench {
  private static final int DEVICES = Integer.getInteger("deliveries", 200_000);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final double WANTED = 5_000;
  private static final double NANOS = 1e9;
  private static final Path REPORT = Path.of("target", "getui.md");

  private final LoopbackGetui getui = LoopbackGetui.running();
  @Inject BenchField field;
  @Inject DrainOutbox drain;
  @Inject Database database;

  @Test
  void claimBatchSendAndRecord() {
    field.register(DEVICES);
    await(database.update("UPDATE device SET push_provider = 'getui', push_kind = 'CID'"));
    field.planPlainly();
    await(database.update("UPDATE delivery SET provider = 'getui'"));
    await(database.update("ANALYZE delivery"));
    getui.countOnly();
    getui.latency(() -> Duration.ofMillis(50));
    long end = System.nanoTime() + WARM_UP.toNanos();
    await(drain.run(Optional.empty(), () -> System.nanoTime() < end));
    long left = field.waiting();
    long before = getui.counted();
    long start = System.nanoTime();
    await(drain.run(Optional.empty(), () -> true));
    double rate = left / ((System.nanoTime() - start) / NANOS);
    assertThat(field.waiting()).isZero();
    assertThat(getui.counted() - before).isEqualTo(left);
    BenchField.report(
        REPORT,
        String.format(
            Locale.ROOT,
            "| claim, fence, batch and record by Getui, 50 ms | %,.0f pushes/s | at least %,.0f |",
            rate,
            WANTED));
    assertThat(rate).isGreaterThan(WANTED);
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofMinutes(10));
  }

  /** As in production but for the quota, which is what is measured against; fsync is on. */
  public static final class Unbounded implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.scheduler.enabled", "false",
          "towncrier.residency.push-providers", "fcm,getui",
          "towncrier.getui.quota-per-minute", "600000000",
          "towncrier.delivery.ramp-up", "1s");
    }
  }
}
