package io.towncrier.faults;

import io.towncrier.testing.LoopbackFcm;
import io.towncrier.testing.LoopbackFcm.Answer;
import io.towncrier.testing.LoopbackFcm.Arrival;
import io.towncrier.testing.PackagedServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** Lets faults happen, and puts them right. */
final class Faults {
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final Duration STEP = Duration.ofMillis(100);
  private static final List<LoopbackFcm.Fault> RESETS =
      List.of(
          LoopbackFcm.Fault.RESET,
          LoopbackFcm.Fault.REFUSED,
          LoopbackFcm.Fault.CUT_SHORT,
          LoopbackFcm.Fault.CLOSE,
          LoopbackFcm.Fault.GO_AWAY);

  /** A fault that has happened, and how long it took until it was right again. */
  record Happened(Fault fault, long from, long to) {}

  /** Something that is done again and again while a fault lasts. */
  private interface Step {
    void once() throws IOException, SQLException, InterruptedException;
  }

  private final FaultField field;
  private final Traffic traffic;
  private final Queue<Downtime> spans;
  private final Queue<Happened> happened = new ConcurrentLinkedQueue<>();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final Map<Fault.Target, ReentrantLock> targets = new EnumMap<>(Fault.Target.class);
  private final Random random;

  Faults(FaultField field, Traffic traffic, Queue<Downtime> spans, long seed) {
    this.field = field;
    this.traffic = traffic;
    this.spans = spans;
    this.random = new Random(seed);
    for (Fault.Target target : Fault.Target.values()) {
      targets.put(target, new ReentrantLock(true));
    }
  }

  List<Happened> happened() {
    return List.copyOf(happened);
  }

  /** What did not come up again, or could not be done at all. */
  List<String> failures() {
    return List.copyOf(failures);
  }

  /** Waits for its moment, lets it happen, and returns when it is right again. */
  void run(Fault fault, long zero) {
    ReentrantLock target = targets.get(fault.kind().target);
    Downtime span = new Downtime();
    try {
      Thread.sleep(Math.max(0, fault.from().toMillis() - (System.nanoTime() - zero) / 1_000_000));
      target.lock();
      spans.add(span);
      span.begins();
      long from = System.nanoTime();
      lasting(fault);
      happened.add(new Happened(fault, from, System.nanoTime()));
    } catch (IOException | SQLException | RuntimeException failure) {
      failures.add("fault " + fault.number() + ", " + fault.words() + ": " + failure);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    } finally {
      span.ends();
      if (target.isHeldByCurrentThread()) {
        target.unlock();
      }
    }
  }

  private void lasting(Fault fault) throws IOException, SQLException, InterruptedException {
    switch (fault.kind().target) {
      case DATABASE -> ofDatabase(fault);
      case PROVIDER -> ofProvider(fault);
      case FOLDER -> {
        repeated(fault, field.folder.orElseThrow()::fill);
        field.folder.orElseThrow().makeRoom();
      }
      case DATABASE_CLOCK -> ofClock(fault, field.databaseClock);
      case CLOCK_A -> ofClock(fault, field.serverClocks.get(0));
      case CLOCK_B -> ofClock(fault, field.serverClocks.get(1));
      case SERVER_A -> ofServer(fault, 0);
      case SERVER_B -> ofServer(fault, 1);
    }
  }

  private void ofDatabase(Fault fault) throws IOException, SQLException, InterruptedException {
    switch (fault.kind()) {
      case DATABASE_STOP -> {
        field.postgres.end();
        Thread.sleep(fault.lasts().toMillis());
      }
      case DATABASE_KILL -> {
        field.postgres.kill();
        Thread.sleep(fault.lasts().toMillis());
      }
      case DATABASE_KILL_SESSION -> field.postgres.killASession();
      case DATABASE_FREEZE -> {
        field.postgres.freeze();
        Thread.sleep(fault.lasts().toMillis());
        field.postgres.thaw();
      }
      case DATABASE_SILENT -> {
        field.toDatabase.beSilent();
        Thread.sleep(fault.lasts().toMillis());
        field.toDatabase.carry();
      }
      case DATABASE_SLOW -> {
        field.toDatabase.beSlow(Duration.ofMillis(5 + random.nextInt(40)));
        Thread.sleep(fault.lasts().toMillis());
        field.toDatabase.carry();
      }
      case DATABASE_RESET -> repeated(fault, field.toDatabase::reset);
      case DISK_FILL -> fullDisk(fault);
      case DISK_SLOW -> slowDisk(fault);
      default -> throw new IllegalStateException(fault.words());
    }
    field.postgres.restart();
  }

  private void fullDisk(Fault fault) throws IOException, SQLException, InterruptedException {
    SmallDisk disk = field.disk.orElseThrow();
    Thread pressing =
        new Thread(
            () -> {
              try {
                traffic.press(fault.lasts());
              } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
              }
            });
    disk.fill();
    pressing.start();
    repeated(fault, disk::fill);
    disk.makeRoom();
    pressing.join();
  }

  /** As a disk whose every flush takes its time. */
  private void slowDisk(Fault fault) throws SQLException, InterruptedException {
    settings("ALTER SYSTEM SET commit_siblings = 0", "ALTER SYSTEM SET commit_delay = 100000");
    Thread.sleep(fault.lasts().toMillis());
    settings("ALTER SYSTEM RESET commit_siblings", "ALTER SYSTEM RESET commit_delay");
  }

  private void settings(String... statements) throws SQLException {
    try (Connection connection = field.connect();
        Statement statement = connection.createStatement()) {
      for (String one : statements) {
        statement.execute(one);
      }
      statement.execute("SELECT pg_reload_conf()");
    }
  }

  private void ofProvider(Fault fault) throws IOException, SQLException, InterruptedException {
    switch (fault.kind()) {
      case PROVIDER_STOP -> answers(arrival -> Answer.error(503, "UNAVAILABLE", "UNAVAILABLE"));
      case PROVIDER_KILL -> field.toProvider.cut();
      case PROVIDER_FREEZE -> answers(arrival -> Answer.fault(LoopbackFcm.Fault.SILENCE));
      case PROVIDER_SLOW -> {
        Duration slow = Duration.ofMillis(500 + random.nextInt(5_000));
        answers(arrival -> Answer.accepted().after(slow));
      }
      case PROVIDER_RESET ->
          answers(arrival -> Answer.fault(RESETS.get(random.nextInt(RESETS.size()))));
      case PROVIDER_FULL ->
          answers(
              arrival ->
                  Answer.error(429, "RESOURCE_EXHAUSTED", "QUOTA_EXCEEDED")
                      .with("Retry-After", "5"));
      default -> throw new IllegalStateException(fault.words());
    }
    if (fault.kind() == Fault.Kind.PROVIDER_RESET) {
      repeated(fault, field.toProvider::reset);
    } else {
      Thread.sleep(fault.lasts().toMillis());
    }
    answers(arrival -> Answer.accepted());
    field.toProvider.carry();
  }

  private void answers(Function<Arrival, Answer> behaviour) {
    field.fcm.behave(behaviour);
    field.fcm.behaveToChallenges(behaviour);
  }

  private static void ofClock(Fault fault, Optional<ShiftedClock> clock)
      throws InterruptedException {
    clock.orElseThrow().set(fault.ahead());
    Thread.sleep(fault.lasts().toMillis());
    clock.orElseThrow().set(Duration.ZERO);
  }

  private void ofServer(Fault fault, int number) throws IOException, InterruptedException {
    PackagedServer server = field.servers.get(number);
    Downtime away = field.away.get(number);
    away.begins();
    switch (fault.kind()) {
      case STOP_A, STOP_B -> server.end();
      case KILL_A, KILL_B -> server.kill();
      case FREEZE_A, FREEZE_B -> server.freeze();
      default -> throw new IllegalStateException(fault.words());
    }
    Thread.sleep(fault.lasts().toMillis());
    if (fault.kind() == Fault.Kind.FREEZE_A || fault.kind() == Fault.Kind.FREEZE_B) {
      server.thaw();
    }
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    server.launchIfDead();
    while (!server.answersWithin(Duration.ofNanos(end - System.nanoTime()))) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("it does not come up; see " + server.logFile());
      }
      failures.add("server " + number + " ended at its start; see " + server.logFile());
      server.launchIfDead();
    }
    away.ends();
  }

  private static void repeated(Fault fault, Step step)
      throws IOException, SQLException, InterruptedException {
    long end = System.nanoTime() + fault.lasts().toNanos();
    while (System.nanoTime() < end) {
      step.once();
      Thread.sleep(STEP.toMillis());
    }
  }
}
