package io.towncrier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.PackagedServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of the packaged server and of PostgreSQL, at random moments while it sends: nothing is
 * lost, nothing that was recorded is sent again, and what is sent twice was under way at a kill.
 * Run by bench/kills.
 */
@Tag("bench")
class KillProofBench {
  private static final int DELIVERIES = Integer.getInteger("deliveries", 100_000);
  private static final int WORKER_KILLS = Integer.getInteger("worker.kills", 200);
  private static final int DATABASE_KILLS = Integer.getInteger("database.kills", 50);
  private static final int IN_FLIGHT = 200;
  private static final int LONGEST_LIFE_MILLIS = 1_500;
  private static final long SEED = Long.getLong("seed", 20261125);
  private static final Path REPORT = Path.of("target", "kills.md");

  private final Random random = new Random(SEED);
  private final LoopbackFcm fcm = new LoopbackFcm();
  // By device: how often it had been pushed to when it was first seen recorded.
  private final Map<String, Integer> recorded = new HashMap<>();
  private KillablePostgres postgres;
  private KillField field;
  private PackagedServer server;

  @BeforeEach
  void start() throws Exception {
    Map<String, String> toFcm = fcm.start();
    postgres = KillablePostgres.start();
    field = new KillField(postgres::connect);
    field.plan(DELIVERIES);
    server =
        new PackagedServer(
            postgres.url(),
            Map.of(
                "TOWNCRIER_MASTER_KEY", KillField.MASTER_KEY,
                "TOWNCRIER_FCM_CREDENTIALS", toFcm.get("towncrier.fcm.credentials"),
                "TOWNCRIER_FCM_ENDPOINT", toFcm.get("towncrier.fcm.endpoint"),
                "TOWNCRIER_FCM_REQUEST_TIMEOUT", "1s",
                "TOWNCRIER_DELIVERY_LEASE", "3s",
                "TOWNCRIER_DELIVERY_BATCH", "50",
                "TOWNCRIER_DELIVERY_IN_FLIGHT", Integer.toString(IN_FLIGHT),
                // So slow that there is something to send at every kill.
                "TOWNCRIER_DELIVERY_QUOTA_PER_MINUTE", "24000",
                "TOWNCRIER_SERVER_DRAIN_EVERY", "0.2s"));
  }

  @AfterEach
  void stop() throws Exception {
    server.kill();
    postgres.stop();
    fcm.stop();
  }

  @Test
  void nothingIsLostAndNothingRecordedIsForgotten() throws Exception {
    boolean[] ofDatabase = order();
    for (boolean database : ofDatabase) {
      server.startIfDead();
      Thread.sleep(random.nextInt(LONGEST_LIFE_MILLIS));
      if (database) {
        postgres.kill();
        Thread.sleep(random.nextInt(500));
        postgres.restart();
      } else {
        server.kill();
        // What is on its way arrives.
        Thread.sleep(150);
        remember();
      }
    }
    server.startIfDead();
    field.awaitNothingWaits();
    remember();
    verify(ofDatabase.length);
  }

  private boolean[] order() {
    boolean[] kills = new boolean[WORKER_KILLS + DATABASE_KILLS];
    for (int left = DATABASE_KILLS; left > 0; ) {
      int at = random.nextInt(kills.length);
      left -= kills[at] ? 0 : 1;
      kills[at] = true;
    }
    return kills;
  }

  private void remember() throws SQLException {
    for (String device : field.newlyAccepted()) {
      recorded.put(device, arrivals(device).size());
    }
  }

  private List<LoopbackFcm.Arrival> arrivals(String device) {
    return fcm.to(KillField.addressOf(device));
  }

  private void verify(int kills) throws SQLException, IOException {
    int lost = 0;
    int repeats = 0;
    int forgotten = 0;
    Set<String> notices = new HashSet<>();
    for (String device : field.devices()) {
      List<LoopbackFcm.Arrival> arrivals = arrivals(device);
      lost += arrivals.isEmpty() ? 1 : 0;
      repeats += Math.max(0, arrivals.size() - 1);
      forgotten += arrivals.size() > recorded.getOrDefault(device, 0) ? 1 : 0;
      notices.addAll(
          arrivals.stream()
              .map(arrival -> arrival.message().at("/data/noticeId").asText())
              .collect(Collectors.toSet()));
    }
    report(lost, repeats, forgotten);
    assertThat(field.states()).isEqualTo(Map.of("ACCEPTED", (long) DELIVERIES));
    assertThat(lost).isZero();
    assertThat(forgotten).isZero();
    assertThat(notices).containsExactly(KillField.NOTICE);
    assertThat(repeats).isLessThanOrEqualTo(kills * IN_FLIGHT);
  }

  private static void report(int lost, int repeats, int forgotten) throws IOException {
    int kills = WORKER_KILLS + DATABASE_KILLS;
    String text =
        """
        | deliveries | kill -9 of the worker | of PostgreSQL | lost | recorded and sent again | repeats | a kill |
        |---|---|---|---|---|---|---|
        | %,d | %d | %d | %d | %d | %d | %.1f of at most %d |
        """
            .formatted(
                DELIVERIES,
                WORKER_KILLS,
                DATABASE_KILLS,
                lost,
                forgotten,
                repeats,
                (double) repeats / kills,
                IN_FLIGHT);
    Files.writeString(REPORT, text);
    System.out.println(text.toLowerCase(Locale.ROOT));
  }
}
