package io.towncrier.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Watches the process of the embedded database. When it ends by itself it is started again, a few
 * times; when that does not help, the server ends: a supervisor of processes can do no less.
 */
final class PostgresWatch {
  private static final Logger LOG = Logger.getLogger(PostgresWatch.class);
  // A killed database's children take a moment to see that it is gone, and hold its memory.
  private static final int TRIES = 6;
  private static final long FIRST_PAUSE_MILLIS = 250;
  private static final int DEATHS = 5;
  private static final long WITHIN_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final Path directory;
  private final Restart restart;
  private final Runnable giveUp;
  private final Deque<Long> deaths = new ArrayDeque<>();
  private volatile boolean ended;

  /**
   * Not begun yet.
   *
   * @param restart starts the database again, at the same address
   * @param giveUp ends the server
   */
  PostgresWatch(Path directory, Restart restart, Runnable giveUp) {
    this.directory = directory;
    this.restart = restart;
    this.giveUp = giveUp;
  }

  /** Starts the database again. */
  @FunctionalInterface
  interface Restart {
    void run() throws IOException;
  }

  /** Watches the process that runs now. */
  void begin() {
    Thread thread = new Thread(this::watch, "postgres-watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** From now on its end is wanted. */
  void end() {
    ended = true;
  }

  private void watch() {
    while (!ended) {
      Optional<ProcessHandle> process = process();
      process.ifPresent(running -> running.onExit().join());
      if (ended) {
        return;
      }
      LOG.errorf(
          "the embedded PostgreSQL in %s has ended by itself; it is started again", directory);
      if (isTooOften() || !startAgain()) {
        LOG.errorf(
            "the embedded PostgreSQL in %s cannot be kept running, and the server ends. Its disk and"
                + " the memory of the machine are the first to look at.",
            directory);
        giveUp.run();
        return;
      }
      LOG.info("the embedded PostgreSQL runs again");
    }
  }

  private boolean isTooOften() {
    long now = System.nanoTime();
    deaths.addLast(now);
    while (now - deaths.getFirst() > WITHIN_NANOS) {
      deaths.removeFirst();
    }
    return deaths.size() > DEATHS;
  }

  private boolean startAgain() {
    long pause = FIRST_PAUSE_MILLIS;
    for (int i = 0; i < TRIES && !ended; i++) {
      try {
        Thread.sleep(pause);
        restart.run();
        return true;
      } catch (IOException | IllegalStateException failure) {
        LOG.warnf("the embedded PostgreSQL does not start again yet: %s", failure);
        pause *= 2;
      } catch (InterruptedException hurried) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return ended;
  }

  private Optional<ProcessHandle> process() {
    try {
      return OrphanPostgres.PidFile.read(Files.readAllLines(directory.resolve("postmaster.pid")))
          .flatMap(file -> ProcessHandle.of(file.pid()));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }
}
