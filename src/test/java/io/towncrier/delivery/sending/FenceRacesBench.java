package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.towncrier.delivery.FcmConfig;
import io.towncrier.delivery.sending.FenceModel.Fault;
import io.towncrier.devices.PushAddress;
import io.towncrier.testing.Api;
import io.towncrier.testing.ByHand;
import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackGetui;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What docs/results.md says of the fence; run by bench/fence-races, and too long for the suite. */
@QuarkusTest
@TestProfile(ByHand.class)
@WithTestResource(value = LoopbackGetui.class, scope = TestResourceScope.GLOBAL)
@Tag("bench")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FenceRacesBench extends RaceTest {
  private static final Path REPORT = Path.of("target", "fence-races.md");
  private static final int FIELD = 480;
  // Of an opt-out that nothing is in flight for.
  private static final Duration OWN_TIME = Duration.ofMillis(100);

  private final LoopbackFcm fcm = LoopbackFcm.running();
  @Inject Claims claims;
  @Inject FcmConfig fcmConfig;

  @ConfigProperty(name = "quarkus.http.test-port")
  int port;

  @BeforeAll
  static void begin() throws IOException {
    Files.deleteIfExists(REPORT);
  }

  @AfterEach
  void acceptAgain() {
    fcm.behave(arrival -> LoopbackFcm.Answer.accepted());
  }

  @Test
  @Order(2)
  void races() throws Exception {
    int wanted = Integer.parseInt(System.getenv().getOrDefault("FENCE_RACES", "100000"));
    List<RaceField.Kind> kinds = kinds();
    FenceRaces.Tally ours = race(shipped, kinds, wanted);
    FenceRaces.Tally broken = race(unlocked(), RaceField.Kind.OF_ALERTS, wanted / 10);
    FenceRaces.Tally ofGetui = raceOverGetui(kinds, wanted);
    report(
        "| worker | races | sent before the change was asked for | sent while it was being answered"
            + " | stopped | sent after the answer |\n|---|---|---|---|---|---|\n"
            + raceRow("shipped", ours)
            + raceRow("plain SELECT in the claim", broken)
            + raceRow("shipped, batches of Getui", ofGetui)
            + "\n| opt-out while | number | half ms | p99 ms | longest ms | promised ms |\n"
            + "|---|---|---|---|---|---|");
    assertThat(ours.sentAfter()).isZero();
    assertThat(broken.sentAfter()).isPositive();
    assertThat(ofGetui.sentAfter()).isZero();
  }

  /** All, or those that FENCE_KINDS names: device-removed,consent-withdrawn; or rights. */
  private static List<RaceField.Kind> kinds() {
    String named = System.getenv().getOrDefault("FENCE_KINDS", "all");
    return switch (named) {
      case "all" -> List.of(RaceField.Kind.values());
      case "rights" -> RaceField.Kind.OF_RIGHTS;
      default ->
          Arrays.stream(named.split(",", -1))
              .map(name -> name.toUpperCase(Locale.ROOT).replace('-', '_'))
              .map(RaceField.Kind::valueOf)
              .toList();
    };
  }

  private FenceRaces.Tally raceOverGetui(List<RaceField.Kind> kinds, int wanted) throws Exception {
    LoopbackGetui getui = LoopbackGetui.running();
    getui.latency(() -> Duration.ofMillis(3));
    List<RaceField.Racer> racers = field.register(FIELD, kinds, PushAddress.Kind.CID);
    try (FenceRaces races = new FenceRaces(field, shipped, new FenceRaces.OfGetui(getui), 2)) {
      return races.run(racers, (wanted + FIELD - 1) / FIELD, wanted);
    } finally {
      getui.behave();
    }
  }

  private FenceRaces.Tally race(DrainOutbox worker, List<RaceField.Kind> kinds, int wanted)
      throws Exception {
    List<RaceField.Racer> racers = field.register(FIELD, kinds);
    try (FenceRaces races = new FenceRaces(field, worker, fcm, 2)) {
      return races.run(racers, (wanted + FIELD - 1) / FIELD, wanted);
    }
  }

  private static String raceRow(String worker, FenceRaces.Tally tally) {
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d | %,d | %,d |%n",
        worker,
        tally.races(),
        tally.sentBefore(),
        tally.sentDuring(),
        tally.neverSent(),
        tally.sentAfter());
  }

  @Test
  @Order(1)
  void interleavings() throws IOException {
    Set<Fault> naive = Set.of(Fault.READS_WITHOUT_LOCK, Fault.DOES_NOT_WAIT);
    Set<Fault> again =
        Set.of(Fault.READS_WITHOUT_LOCK, Fault.DOES_NOT_WAIT, Fault.LOOKS_AGAIN_INSTEAD);
    report(
        "| protocol | interleavings | states | with a push after the answer | deadlocks |\n"
            + "|---|---|---|---|---|\n"
            + modelRow("shipped: lock, lease, wait", Set.of())
            + modelRow("read, then send", naive)
            + modelRow("read, read again just before the send", again)
            + modelRow("shipped, but plain SELECT in the claim", Set.of(Fault.READS_WITHOUT_LOCK))
            + modelRow("shipped, but the answer does not wait", Set.of(Fault.DOES_NOT_WAIT)));
  }

  @Test
  @Order(3)
  void anIdleOptOutOverHttp() throws Exception {
    Api.importSample();
    Api.Registered phone = Api.phone("en");
    HttpClient client = HttpClient.newHttpClient();
    put(client, phone, 500);
    Latencies idle = put(client, phone, 2_000);
    latency("nothing in flight, PUT over HTTP", idle, "p99 100");
    assertThat(idle.within(0.99)).isLessThanOrEqualTo(OWN_TIME);
  }

  @Test
  @Order(4)
  void anOptOutUnderFullLoadOfAProviderThatAnswersNothing() throws Exception {
    fcm.behave(
        arrival -> {
          pause(fcmConfig.requestTimeout().plusMillis(500));
          return LoopbackFcm.Answer.accepted();
        });
    Duration bound = fcmConfig.requestTimeout().plusSeconds(1);
    List<RaceField.Racer> racers = field.register(160, RaceField.Kind.OF_ALERTS);
    // One worker: a process drains once at a time.
    try (FenceRaces races = new FenceRaces(field, shipped, fcm, 1)) {
      FenceRaces.Tally tally = races.runAgainstSilence(racers, 4, 3);
      latency(
          "every sender waits for a provider that is silent (time-out %d s)"
              .formatted(fcmConfig.requestTimeout().toSeconds()),
          races.latencies(),
          "longest " + bound.toMillis());
      assertThat(tally.sentAfter()).isZero();
      assertThat(races.latencies().longest()).isLessThanOrEqualTo(bound);
    }
  }

  @Test
  @Order(5)
  void anOptOutWhoseWorkerWasKilled() throws Exception {
    List<RaceField.Racer> racers =
        field.register(config.batch(), List.of(RaceField.Kind.DEVICE_OFF));
    List<String> notices = field.plan(racers, false);
    claims
        .next(
            Routes.of("fcm", providers, config),
            Optional.of(notices.get(0)),
            Turns.of(config.batch()))
        .await()
        .atMost(Duration.ofSeconds(10));
    List<CompletableFuture<RaceField.Answer>> answers =
        racers.stream().map(r -> CompletableFuture.supplyAsync(() -> field.forbid(r))).toList();
    Latencies killed = new Latencies();
    for (CompletableFuture<RaceField.Answer> answer : answers) {
      RaceField.Answer a = answer.get();
      killed.add(a.acknowledgedNanos() - a.askedNanos());
    }
    field.forget(notices);
    latency(
        "the worker was killed after its claim (lease %d s)".formatted(config.lease().toSeconds()),
        killed,
        "longest " + config.lease().toMillis() + ", and its own time");
    assertThat(killed.longest()).isLessThanOrEqualTo(config.lease().plus(OWN_TIME));
  }

  private Latencies put(HttpClient client, Api.Registered phone, int times) throws Exception {
    Latencies took = new Latencies();
    for (int i = 0; i < times; i++) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + port + phone.path("/notification-alerts")))
              .header("Authorization", "Bearer " + phone.secret())
              .header("Content-Type", "application/json")
              .PUT(HttpRequest.BodyPublishers.ofString("{\"push\":" + (i % 2 == 0) + "}"))
              .build();
      long asked = System.nanoTime();
      int status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      took.add(System.nanoTime() - asked);
      assertThat(status).isEqualTo(200);
    }
    return took;
  }

  private static String modelRow(String name, Set<Fault> faults) {
    Interleavings.Result result =
        Interleavings.of(new FenceModel(FenceModel.Kind.OPT_OUT, faults, 2));
    return String.format(
        Locale.ROOT,
        "| %s | %,d | %,d | %,d (%.1f %%) | %,d |%n",
        name,
        result.count().all(),
        result.states(),
        result.count().violating(),
        100 * result.violatingShare(),
        result.count().deadlocked());
  }

  private static void latency(String when, Latencies took, String bound) throws IOException {
    append("| " + when + " | " + took.cells() + " | " + bound + " |\n");
  }

  private static void report(String table) throws IOException {
    append(table + "\n");
  }

  private static void append(String text) throws IOException {
    Files.writeString(REPORT, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
