package io.towncrier.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Faults of everything at random, while phones check, register and opt out and notices run: nothing
 * that was acknowledged is lost, nothing is sent after an acknowledged opt-out, requests are
 * answered meanwhile, and all goes on afterwards. Run by bench/faults.
 */
@Tag("bench")
class FaultProofBench {
  private static final int COUNT = Integer.getInteger("faults", 200);
  private static final Duration WHOLE = Duration.ofMinutes(Long.getLong("minutes", 30));
  private static final long SEED = Long.getLong("seed", 20261130);
  private static final int A_ROUND = 25;
  private static final int LOYAL = Integer.getInteger("phones", 60);
  private static final Duration REQUESTS_WITHIN = Duration.ofSeconds(30);
  private static final Duration DELIVERIES_WITHIN = FaultField.LEASE.plusSeconds(30);
  // Of a round, for what comes behind its faults.
  private static final Duration BEHIND = Duration.ofSeconds(45);

  private final FaultField field = new FaultField();
  private final Queue<Downtime> spans = new ConcurrentLinkedQueue<>();
  private final Random random = new Random(SEED);
  private final List<String> broken = new ArrayList<>();
  private final List<String> recoveries = new ArrayList<>();
  private Traffic traffic;
  private Faults faults;

  @AfterEach
  void stop() throws Exception {
    field.close();
  }

  @Test
  void whateverFailsWhatWasAcknowledgedHolds() throws Exception {
    System.out.printf(
        "%d faults in %d minutes, seed %d (-Dseed=%d repeats them)%n",
        COUNT, WHOLE.toMinutes(), SEED, SEED);
    field.start();
    List<Fault.Kind> kinds = field.possible();
    Ledger ledger = new Ledger(field.away, spans);
    Client client = new Client(field.ports(), ledger);
    traffic = new Traffic(client, field.fcm, TestPostgres.OPERATOR_TOKEN, SEED);
    faults = new Faults(field, traffic, spans, SEED);
    traffic.settle(LOYAL);
    traffic.start();
    int rounds = (COUNT + A_ROUND - 1) / A_ROUND;
    for (int round = 0; round < rounds; round++) {
      int first = round * A_ROUND;
      round(kinds, first, Math.min(A_ROUND, COUNT - first), WHOLE.dividedBy(rounds).minus(BEHIND));
    }
    traffic.stop();
    Settled settled = new Settled(field, traffic, ledger);
    broken.addAll(settled.verify());
    broken.addAll(faults.failures());
    broken.addAll(ledger.violations());
    report(ledger, settled);
    assertThat(broken).isEmpty();
  }

  private void round(List<Fault.Kind> kinds, int first, int count, Duration length)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    long zero = System.nanoTime();
    for (Fault fault : Fault.draw(random, kinds, first, count, length)) {
      Thread thread = new Thread(() -> faults.run(fault, zero), "fault");
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
    goesOn(first + count);
  }

  /** Requests succeed, and a notice that is started now arrives, both in time. */
  private void goesOn(int done) throws InterruptedException {
    long end = System.nanoTime();
    long requests = -1;
    while (requests < 0 && within(end, REQUESTS_WITHIN.plusSeconds(30))) {
      requests = allSucceed() ? System.nanoTime() - end : -1;
    }
    String notice = "";
    while (notice.isEmpty() && within(end, DELIVERIES_WITHIN)) {
      notice = traffic.announce(random);
    }
    long first = -1;
    long all = -1;
    while (all < 0 && within(end, DELIVERIES_WITHIN)) {
      long reached = reached(notice);
      first = reached > 0 && first < 0 ? System.nanoTime() - end : first;
      all = reached == traffic.loyal().size() ? System.nanoTime() - end : -1;
      Thread.sleep(100);
    }
    recoveries.add(
        "| %d | %s | %s | %s |".formatted(done, seconds(requests), seconds(first), seconds(all)));
    System.out.println(
        "after fault, requests, first push, all: " + recoveries.get(recoveries.size() - 1));
    if (requests < 0 || requests > REQUESTS_WITHIN.toNanos()) {
      broken.add("requests did not succeed within 30 s after fault " + done);
    }
    if (all < 0) {
      broken.add("a notice did not reach everybody within 75 s after fault " + done);
    }
  }

  private boolean allSucceed() throws InterruptedException {
    boolean good = true;
    for (int server = 0; server < Traffic.SERVERS; server++) {
      good &= traffic.register(server) != null;
      good &= traffic.alerts(server, traffic.loyal().get(0)).is(200);
      good &= traffic.check(server).is(200);
    }
    return good;
  }

  private long reached(String notice) {
    return traffic.loyal().stream()
        .filter(
            phone ->
                field.fcm.to(phone.address).stream()
                    .anyMatch(one -> Settled.noticeOf(one).equals(notice)))
        .count();
  }

  private static boolean within(long since, Duration time) {
    return System.nanoTime() - since < time.toNanos();
  }

  private static String seconds(long nanos) {
    return nanos < 0 ? "never" : "%.1f s".formatted(nanos / 1e9);
  }

  private void report(Ledger ledger, Settled settled) throws IOException, SQLException {
    StringBuilder text = new StringBuilder();
    text.append("Seed %d.%n%n".formatted(SEED));
    text.append("| requests | asked | succeeded | 503 | no answer | p99 s | longest s |\n");
    text.append("|---|---|---|---|---|---|---|\n");
    ledger.rows().forEach(row -> text.append(row).append('\n'));
    text.append("\n| after fault | requests succeed after | first push | all are told |\n");
    text.append("|---|---|---|---|\n");
    recoveries.forEach(row -> text.append(row).append('\n'));
    text.append('\n').append(settled.table());
    text.append("\nBroken promises: %d%n".formatted(broken.size()));
    broken.forEach(one -> text.append("- ").append(one).append('\n'));
    Files.writeString(Path.of("target", "faults.md"), text);
    StringBuilder happened = new StringBuilder("fault\twhat\tfrom ms\tright again after ms\n");
    for (Faults.Happened one : faults.happened()) {
      happened.append(
          "%d\t%s\t%d\t%d%n"
              .formatted(
                  one.fault().number(),
                  one.fault().words(),
                  ledger.millis(one.from()),
                  (one.to() - one.from()) / 1_000_000));
    }
    Files.writeString(Path.of("target", "faults-happened.tsv"), happened);
    Files.writeString(Path.of("target", "faults-opt-outs.tsv"), settled.evidence());
  }
}
