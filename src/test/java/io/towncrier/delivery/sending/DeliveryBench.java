package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;
import io.towncrier.delivery.DeliveryConfig;
import io.towncrier.delivery.PushMessage;
import io.towncrier.delivery.PushProviders;
import io.towncrier.notices.planning.PlanNotices;
import io.towncrier.platform.postgres.Database;
import io.towncrier.testing.Api;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.TestPostgres;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What docs/results.md says of deliveries; run by bench/delivery, and too long for the suite. */
@QuarkusTest
@TestProfile(DeliveryBench.Unbounded.class)
@WithTestResource(value = TestPostgres.class, scope = TestResourceScope.GLOBAL)
@WithTestResource(value = LoopbackFcm.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DeliveryBench {
  private static final int DEVICES = Integer.getInteger("deliveries", 1_000_000);
  private static final int BARE = Math.min(DEVICES, 300_000);
  private static final int PEER = Math.min(DEVICES, 20_000);
  private static final int CLAIMED = 40_000;
  private static final int NOTICES = 10;
  private static final Duration LATENCY = Duration.ofMillis(50);
  private static final Duration WARM_UP = Duration.ofSeconds(5);
  private static final double QUOTA = 10_000;
  private static final double NANOS = 1e9;
  private static final Path REPORT = Path.of("target", "delivery.md");

  private static final List<String> MISSED = new ArrayList<>();

  private static double bare;

  private final LoopbackFcm fcm = LoopbackFcm.running();
  @Inject BenchField field;
  @Inject PlanNotices plan;
  @Inject DrainOutbox drain;
  @Inject Claims claims;
  @Inject DeliveryConfig config;
  @Inject PushProviders providers;
  @Inject Database database;

  @BeforeAll
  static void begin() throws IOException {
    Files.deleteIfExists(REPORT);
    report("| what | measured | bound | |%n|---|---|---|---|");
  }

  /** After all rows are there: bench/delivery ends as the figures are. */
  @AfterAll
  static void everyBoundIsMet() {
    assertThat(MISSED).as("bounds that were missed").isEmpty();
  }

  @Test
  @Order(1)
  void planning() throws SQLException {
    field.register(DEVICES);
    double before = seconds(() -> field.planPlainly());
    field.forgetDeliveries();
    String id = Api.draft(Api.operator(), "Planned", Map.of());
    HeapWatch heap = new HeapWatch();
    double planned =
        seconds(
            () -> {
              Api.operator().post("/v1/admin/notices/" + id + "/start").then().statusCode(200);
              await(plan.run(() -> true));
            });
    double most = heap.mostUsedMegabytes();
    assertThat(field.deliveries()).isEqualTo(DEVICES);
    field.forgetDeliveries();
    double after = seconds(() -> field.planPlainly());
    field.forgetDeliveries();
    double plain = (before + after) / 2;
    note("plain INSERT ... SELECT of %,d deliveries".formatted(DEVICES), "%.1f s".formatted(plain));
    atMost("planning the same by a notice", planned / plain, 2, "x the plain one's time");
    atMost("heap behind a collection while planning, at most", most, 512, "MB");
  }

  @Test
  @Order(2)
  void theBareSender() throws InterruptedException {
    fcm.countOnly();
    fcm.latency(() -> LATENCY);
    List<PushMessage> messages = field.messages(BARE);
    BareSender sender =
        new BareSender(providers.reaching("fcm"), config.inFlight(), config.lease());
    sender.run(messages.subList(0, Math.min(BARE, 50_000)));
    bare = BARE / secondsOf(() -> sender.run(messages));
    note("bare sender, %d ms".formatted(LATENCY.toMillis()), "%,.0f pushes/s".formatted(bare));
  }

  @Test
  @Order(3)
  void theOutbox() throws SQLException {
    field.planPlainly();
    database.update("ANALYZE delivery").await().atMost(Duration.ofMinutes(2));
    HeapWatch heap = new HeapWatch();
    long end = System.nanoTime() + WARM_UP.toNanos();
    await(drain.run(Optional.empty(), () -> System.nanoTime() < end));
    long arrived = fcm.requests();
    long left = field.waiting();
    double took = seconds(() -> await(drain.run(Optional.empty(), () -> true)));
    assertThat(field.waiting()).isZero();
    assertThat(fcm.requests() - arrived).isEqualTo(left);
    double rate = left / took;
    note("claim, fence, send and record", "%,.0f pushes/s".formatted(rate));
    atLeast("of the bare sender's", 100 * rate / bare, 60, "%");
    note("of FCM's default quota of 10,000 a second", "%.0f %%".formatted(100 * rate / QUOTA));
    atMost("heap behind a collection, at most", heap.mostUsedMegabytes(), 512, "MB");
  }

  @Test
  @Order(4)
  void sendEachOfFirebaseAdmin() throws Exception {
    fcm.latency(() -> LATENCY);
    List<String> addresses = field.addresses(PEER);
    SendEachPeer peer = new SendEachPeer(fcm.endpoint());
    peer.send(addresses.subList(0, Math.min(PEER, 2_000)));
    double rate = PEER / secondsOf(() -> peer.send(addresses));
    note("firebase-admin's sendEach", "%,.0f pushes/s".formatted(rate));
    atLeast("bare sender against it", bare / rate, 1, "x");
  }

  @Test
  @Order(5)
  void claimsOfALongBacklog() throws SQLException {
    field.forgetDeliveries();
    field.planMany(1, Math.min(DEVICES, 100_000));
    double few = claimRate();
    field.forgetDeliveries();
    field.planMany(NOTICES, DEVICES);
    double many = claimRate();
    note("claims of 100,000 pending", "%,.0f deliveries/s".formatted(few));
    note("claims of 10 million pending", "%,.0f deliveries/s".formatted(many));
    atLeast("the one against the other", 100 * many / few, 90, "%");
  }

  /** The median of ten parts: what the database does now and then is not the claim's. */
  private double claimRate() {
    claim(CLAIMED / 10);
    double[] rates = new double[9];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = CLAIMED / 10 / seconds(() -> claim(CLAIMED / 10));
    }
    Arrays.sort(rates);
    return rates[rates.length / 2];
  }

  private void claim(int deliveries) {
    for (int claimed = 0; claimed < deliveries; claimed += config.batch()) {
      Claims.Claim claim =
          await(
              claims.next(
                  Routes.of("fcm", providers, config), Optional.empty(), Turns.of(config.batch())));
      assertThat(claim.looked()).isEqualTo(config.batch());
    }
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS;
  }

  private static double secondsOf(Interruptible work) throws InterruptedException {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS;
  }

  private static <T> T await(Uni<T> work) {
    return work.await().atMost(Duration.ofMinutes(20));
  }

  private static void note(String what, String figure) {
    report("| %s | %s | | |", what, figure);
  }

  private static void atLeast(String what, double figure, double bound, String unit) {
    report(
        "| %s | %.1f %s | at least %.0f %s | %s |",
        what, figure, unit, bound, unit, verdict(what, figure >= bound));
  }

  private static void atMost(String what, double figure, double bound, String unit) {
    report(
        "| %s | %.1f %s | at most %.0f %s | %s |",
        what, figure, unit, bound, unit, verdict(what, figure <= bound));
  }

  private static String verdict(String what, boolean met) {
    if (!met) {
      MISSED.add(what);
    }
    return met ? "met" : "MISSED";
  }

  private static void report(String form, Object... values) {
    BenchField.report(REPORT, String.format(Locale.ROOT, form, values));
  }

  /** Something that may be stopped. */
  private interface Interruptible {
    void run() throws InterruptedException;
  }

  /** As in production but for the quota, which is what is measured against; fsync is on. */
  public static final class Unbounded implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
      return Map.of(
          "quarkus.scheduler.enabled", "false",
          "towncrier.delivery.quota-per-minute", "600000000",
          "towncrier.delivery.ramp-up", "1s");
    }
  }
}
