package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("zoneless")
class PostgresWatchTest {
  @TempDir Path dir;
  private final AtomicInteger restarts = new AtomicInteger();
  private final AtomicInteger given = new AtomicInteger();
  private volatile Process process;

  @AfterEach
  void end() {
    process.destroyForcibly();
  }

  @Test
  void whatEndsByItselfIsStartedAgain() throws Exception {
    launch();
    PostgresWatch watch = new PostgresWatch(dir, this::restart, given::incrementAndGet);
    watch.begin();
    for (int i = 1; i <= 2; i++) {
      int times = i;
      process.destroyForcibly();
      Await.patiently("restart " + i, () -> restarts.get() == times && process.isAlive());
    }
    watch.end();
    process.destroyForcibly().waitFor();
    assertThat(given).hasValue(0);
  }

  @Test
  void aWantedEndIsNone() throws Exception {
    launch();
    PostgresWatch watch = new PostgresWatch(dir, this::restart, given::incrementAndGet);
    watch.begin();
    watch.end();
    process.destroyForcibly().waitFor();
    Await.patiently("the watch has ended", PostgresWatchTest::noneWatches);
    assertThat(restarts).hasValue(0);
    assertThat(given).hasValue(0);
  }

  @Test
  void aRestartThatFailsOnceIsTriedAgain() throws Exception {
    launch();
    AtomicInteger tries = new AtomicInteger();
    PostgresWatch watch =
        new PostgresWatch(
            dir,
            () -> {
              if (tries.incrementAndGet() == 1) {
                throw new IOException("shared memory is still in use");
              }
              restart();
            },
            given::incrementAndGet);
    watch.begin();
    process.destroyForcibly();
    Await.patiently("the second try", () -> restarts.get() == 1);
    watch.end();
    assertThat(given).hasValue(0);
  }

  @Test
  void whatDiesAgainAndAgainEndsTheServer() throws Exception {
    launch();
    PostgresWatch watch =
        new PostgresWatch(
            dir,
            () -> {
              restart();
              process.destroyForcibly();
            },
            given::incrementAndGet);
    watch.begin();
    process.destroyForcibly();
    Await.patiently("it gives up", () -> given.get() == 1);
    assertThat(restarts).hasValue(5);
  }

  private void restart() {
    restarts.incrementAndGet();
    try {
      launch();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private void launch() throws IOException {
    process = new ProcessBuilder("sleep", "120").start();
    Files.write(
        dir.resolve("postmaster.pid"),
        List.of(Long.toString(process.pid()), dir.toString(), "1", "5432"));
  }

  private static boolean noneWatches() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("postgres-watch"));
  }
}
