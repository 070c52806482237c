package io.towncrier.server.database;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;

/**
 * The database that a killed server has left behind. A process id says little: after a reboot it is
 * anybody's. The process is ours when it began when the file says, and serves our directory.
 */
final class OrphanPostgres {
  private static final Logger LOG = Logger.getLogger(OrphanPostgres.class);
  // PostgreSQL writes down whole seconds, some time after its process began.
  private static final Duration CLOCKS_DIFFER_BY = Duration.ofSeconds(10);
  private static final long ENDS_WITHIN_SECONDS = 20;
  // Above what Linux and macOS give: nobody's, for ever.
  private static final String NO_PROCESS = "99999999";

  private OrphanPostgres() {}

  /**
   * Stops it. What {@code postmaster.pid} says of a process that is not ours is put right, or
   * PostgreSQL would take that one for itself, and refuse to start.
   */
  static void stop(Path directory) throws IOException {
    Path pidFile = directory.resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return;
    }
    Optional<PidFile> told = PidFile.read(Files.readAllLines(pidFile));
    Optional<ProcessHandle> process = told.flatMap(file -> ProcessHandle.of(file.pid()));
    if (told.isEmpty() || process.isEmpty()) {
      return;
    }
    ProcessHandle.Info info = process.get().info();
    if (told.get()
        .isMeant(info.startInstant(), info.arguments().orElse(new String[0]), directory)) {
      LOG.infof(
          "stopping the database (process %d) that a killed server has left behind",
          told.get().pid());
      end(process.get());
    } else {
      LOG.infof(
          "process %d is not the database of a killed server, and is left alone", told.get().pid());
      disown(pidFile);
    }
  }

  // The rest of the file stays: by it PostgreSQL finds children of its own that may still live.
  private static void disown(Path pidFile) throws IOException {
    List<String> lines = Files.readAllLines(pidFile);
    lines.set(0, NO_PROCESS);
    Files.write(pidFile, lines);
  }

  private static void end(ProcessHandle orphan) {
    orphan.destroy();
    try {
      orphan.onExit().get(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException stuck) {
      orphan.destroyForcibly();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * What the first lines of {@code postmaster.pid} say (PostgreSQL, src/include/utils/pidfile.h).
   *
   * @param started when the database began
   */
  record PidFile(long pid, Path directory, Instant started) {
    /** Empty when it is cut off or no such file. */
    static Optional<PidFile> read(List<String> lines) {
      try {
        return lines.size() < 3
            ? Optional.empty()
            : Optional.of(
                new PidFile(
                    Long.parseLong(lines.get(0).trim()),
                    Path.of(lines.get(1).trim()),
                    Instant.ofEpochSecond(Long.parseLong(lines.get(2).trim()))));
      } catch (NumberFormatException garbled) {
        return Optional.empty();
      }
    }

    /** Whether a process is the one that the file speaks of, and serves this directory: pure. */
    boolean isMeant(Optional<Instant> began, String[] arguments, Path ours) {
      boolean sameTime =
          began
              .map(time -> Duration.between(time, started).abs())
              .filter(apart -> apart.compareTo(CLOCKS_DIFFER_BY) <= 0)
              .isPresent();
      return sameTime && isSame(directory, ours) && servesOurs(arguments, ours);
    }

    private static boolean servesOurs(String[] arguments, Path ours) {
      int at = Arrays.asList(arguments).indexOf("-D");
      return at >= 0 && at + 1 < arguments.length && isSame(Path.of(arguments[at + 1]), ours);
    }

    private static boolean isSame(Path one, Path other) {
      return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }
  }
}
