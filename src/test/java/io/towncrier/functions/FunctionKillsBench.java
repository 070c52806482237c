package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.towncrier.delivery.KillField;
import io.towncrier.testing.Api;
import io.towncrier.testing.Await;
import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGateway;
import io.towncrier.testing.QueueReader;
import io.towncrier.testing.Tokens;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Very many deliveries by functions of the package, through queues and a pooler, while workers are
 * killed, messages come again, and users opt out. Run by bench/function-kills.
 */
@Tag("bench")
class FunctionKillsBench {
  private static final int DELIVERIES = Integer.getInteger("deliveries", 200_000);
  private static final int WORKERS = Integer.getInteger("workers", 8);
  private static final int KILLS = Integer.getInteger("worker.kills", 40);
  private static final int LEAVERS = 300;
  private static final int BATCH = 250;
  private static final double REDELIVERED = 0.1;
  private static final Path REPORT = Path.of("target", "function-kills.md");
  // Shorter than the defaults, so that it ends; the lease of a killed worker is waited for.
  private static final Map<String, String> SETTINGS =
      Map.of(
          "TOWNCRIER_DELIVERY_LEASE", "8s",
          "TOWNCRIER_FCM_REQUEST_TIMEOUT", "3s",
          "TOWNCRIER_DELIVERY_BATCH", Integer.toString(BATCH),
          "TOWNCRIER_DELIVERY_IN_FLIGHT", Integer.toString(BATCH),
          "TOWNCRIER_DELIVERY_SHARD", "500",
          "TOWNCRIER_DELIVERY_RAMP_UP", "1s",
          "JAVA_TOOL_OPTIONS", "-Xmx192m");

  private static LoopbackCell cell;
  private static FunctionProcess api;
  private static LoopbackGateway gateway;

  private final Random random = new Random(20261125);
  private final AtomicInteger redelivered = new AtomicInteger();
  private final List<Worker> workers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    cell = LoopbackCell.shared();
    api = cell.start(FunctionPackage.API, SETTINGS);
    gateway = new LoopbackGateway(api);
    RestAssured.baseURI = "http://127.0.0.1";
    RestAssured.port = gateway.port();
    Api.operatorsShow(() -> Tokens.operator("olga"));
    Api.importSample();
  }

  @AfterAll
  static void stop() throws Exception {
    gateway.close();
    api.close();
  }

  @Test
  void nothingIsLostAndTheFenceHolds() throws Exception {
    cell.fcm().latency(() -> Duration.ofMillis(20));
    Map<Api.Registered, String> leavers = new HashMap<>();
    for (int i = 0; i < LEAVERS; i++) {
      Api.Registered phone = Api.phone("en");
      String address = "leaver-" + UUID.randomUUID();
      phone.pushTo(address);
      leavers.put(phone, address);
    }
    KillField field = new KillField(cell.postgres()::connect);
    field.plan(DELIVERIES);
    long began = System.nanoTime();
    try (FunctionProcess plan = cell.start(FunctionPackage.PLAN, SETTINGS);
        FunctionProcess tick = cell.start(FunctionPackage.TICK, SETTINGS);
        QueueReader toPlan = new QueueReader(cell.sqs(), cell.planQueue(), 10, plan::result)) {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(new Worker());
      }
      tick.invoke(QueueReader.event(List.of("{}")).toString());
      CompletableFuture<Map<String, Long>> left =
          CompletableFuture.supplyAsync(() -> optOut(leavers));
      CompletableFuture<Integer> kills = CompletableFuture.supplyAsync(() -> kill(field));
      while (waits(field.states())) {
        Thread.sleep(10_000);
        tick.invoke(QueueReader.event(List.of("{}")).toString());
      }
      double seconds = (System.nanoTime() - began) / 1e9;
      verify(field, left.get(), kills.get(), seconds);
    } finally {
      for (Worker worker : workers) {
        worker.close();
      }
    }
  }

  /** Address to the moment at which the opt-out was acknowledged. */
  private Map<String, Long> optOut(Map<Api.Registered, String> leavers) {
    Map<String, Long> acknowledged = new HashMap<>();
    leavers.forEach(
        (phone, address) -> {
          Await.aWhile(Duration.ofMillis(random.nextInt(300)));
          phone
              .as()
              .body(Map.of("push", false))
              .put(phone.path("/notification-alerts"))
              .then()
              .statusCode(200);
          acknowledged.put(address, System.nanoTime());
        });
    return acknowledged;
  }

  private int kill(KillField field) {
    int killed = 0;
    try {
      while (killed < KILLS && waits(field.states())) {
        Thread.sleep(500 + random.nextInt(2_500));
        workers.get(random.nextInt(WORKERS)).killAndReplace();
        killed++;
      }
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
    return killed;
  }

  private static boolean waits(Map<String, Long> states) {
    return states.containsKey("PENDING") || states.containsKey("SENDING");
  }

  private void verify(KillField field, Map<String, Long> left, int kills, double seconds)
      throws Exception {
    Map<String, Long> states = new TreeMap<>(field.states());
    long lost = 0;
    long repeats = 0;
    for (String device : field.devices()) {
      int arrivals = cell.fcm().to(KillField.addressOf(device)).size();
      lost += arrivals == 0 ? 1 : 0;
      repeats += Math.max(0, arrivals - 1);
    }
    long stopped = 0;
    long late = 0;
    for (Map.Entry<String, Long> leaver : left.entrySet()) {
      List<LoopbackFcm.Arrival> arrivals = cell.fcm().to(leaver.getKey());
      stopped += arrivals.isEmpty() ? 1 : 0;
      late += arrivals.stream().filter(a -> a.nanos() - leaver.getValue() > 0).count();
    }
    String report =
        """
        | deliveries | workers | killed | messages that came again | lost | repeats | a kill | opted out meanwhile | in time | sent after the answer | deliveries a second |
        |---|---|---|---|---|---|---|---|---|---|---|
        | %,d | %d | %d | %d | %d | %d | %.1f of at most %d | %d | %d | %d | %.0f |
        """
            .formatted(
                DELIVERIES,
                WORKERS,
                kills,
                redelivered.get(),
                lost,
                repeats,
                (double) repeats / Math.max(1, kills),
                BATCH,
                left.size(),
                stopped,
                late,
                DELIVERIES / seconds);
    Files.writeString(REPORT, report);
    System.out.println(report + states);
    assertThat(lost).isZero();
    assertThat(late).isZero();
    assertThat(repeats).isLessThanOrEqualTo((long) kills * BATCH);
    assertThat(states.keySet()).isSubsetOf("ACCEPTED", "SUPPRESSED");
    assertThat(states.get("ACCEPTED")).isGreaterThanOrEqualTo(DELIVERIES);
    assertThat(stopped).as("opt-outs that were in time for their push").isPositive();
    assertThat(states.getOrDefault("SUPPRESSED", 0L)).isGreaterThanOrEqualTo(stopped);
    assertThat(kills).isEqualTo(KILLS);
    assertThat(redelivered.get()).isPositive();
  }

  /** A function that reads the queue, and another in its place when it was killed. */
  private final class Worker {
    private final QueueReader reader;
    private volatile FunctionProcess function;

    Worker() throws Exception {
      function = cell.start(FunctionPackage.DELIVER, SETTINGS);
      reader = new QueueReader(cell.sqs(), cell.deliverQueue(), 1, this::invoke);
    }

    private String invoke(String event) {
      String result = function.result(event);
      // Now and then the answer is lost on its way: the message comes again.
      if (result != null && random.nextDouble() < REDELIVERED) {
        redelivered.incrementAndGet();
        return null;
      }
      return result;
    }

    void killAndReplace() throws Exception {
      FunctionProcess before = function;
      before.kill();
      function = cell.start(FunctionPackage.DELIVER, SETTINGS);
    }

    void close() throws Exception {
      reader.close();
      function.close();
    }
  }
}
