package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How long a start to very many devices takes, and a security incident behind it; run by
 * bench/planning. Pushes count from when the database has their answer: they left before that.
 */
@QuarkusTest
@TestProfile(PlanningBench.AsShipped.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
class PlanningBench {
  private static final int DEVICES = Integer.getInteger("devices", 1_000_000);
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final Duration LONG = Duration.ofMinutes(20);
  private static final double NANOS = 1e9;
  private static final Path REPORT = Path.of("target", "planning.md");

  private final LoopbackFcm fcm = LoopbackFcm.running();
  @Inject BenchField field;

  @Test
  void aStartAndAnIncidentBehindIt() throws IOException {
    Files.deleteIfExists(REPORT);
    fcm.countOnly();
    fcm.latency(() -> LATENCY);
    field.register(DEVICES);
    note("what", "measured");
    note("---", "---");
    note("devices", "%,d".formatted(DEVICES));

    String announcement = Api.draft(Api.operator(), "Large", Map.of());
    long asked = System.nanoTime();
    start(announcement);
    final long answered = System.nanoTime();
    note(
        "start of an announcement to all, answered after",
        "%.2f s".formatted(seconds(asked, answered)));
    Await.until("a push", LONG, () -> field.isBegun(announcement));
    note("its first push, recorded after the answer", "%.2f s".formatted(since(answered)));
    Await.until("a part", LONG, () -> field.planned(announcement) > DEVICES / 3);

    String incident = Api.operator().body(incident()).post("/v1/admin/notices").path("id");
    long urgent = System.nanoTime();
    start(incident);
    final long known = System.nanoTime();
    note(
        "start of an incident to all meanwhile, answered after",
        "%.2f s".formatted(seconds(urgent, known)));
    Await.until("a push", LONG, () -> field.isBegun(incident));
    note("its first push, recorded after the answer", "%.2f s".formatted(since(known)));
    Await.until("it is planned", LONG, () -> field.isPlanned(incident));
    note("the whole incident planned after", "%.1f s".formatted(since(urgent)));
    note("pushes of the incident by then", "%,d".formatted(field.accepted(incident)));
    note("the announcement by then", "%,d planned".formatted(field.planned(announcement)));
    Await.until("it is planned", LONG, () -> field.isPlanned(announcement));
    note("the whole announcement planned after", "%.1f s".formatted(since(asked)));
    assertThat(field.deliveries()).isGreaterThanOrEqualTo(2L * DEVICES);
  }

  private static void start(String notice) {
    Api.operator().post("/v1/admin/notices/" + notice + "/start").then().statusCode(200);
  }

  private static Map<String, Object> incident() {
    Map<String, Object> notice = new HashMap<>(Api.announcement("Incident", Map.of()));
    notice.put("kind", "security-incident");
    notice.put(
        "texts",
        Map.of(
            "en",
            Map.of(
                "title",
                "T",
                "body",
                "B",
                "incident",
                Map.of(
                    "situation", "s", "measures", "m", "selfProtection", "s", "remedies", "r"))));
    return notice;
  }

  private static void note(String what, String figure) {
    BenchField.report(REPORT, "| " + what + " | " + figure + " |");
  }

  private static double since(long nanos) {
    return seconds(nanos, System.nanoTime());
  }

  private static double seconds(long from, long to) {
    return (to - from) / NANOS;
  }

  /** With the timers and the quota of a server. */
  public static final class AsShipped implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "test.impatient-timers", "false",
          "towncrier.delivery.quota-per-minute", "600000");
    }
  }
}
