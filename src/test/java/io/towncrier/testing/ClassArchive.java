package io.towncrier.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Class data that processes of one kind share (JDK, "Class Data Sharing"). Parsing and verifying
 * classes is a third of the CPU of a start, and each start of a suite does it with the same
 * classes. The first process of a kind that ends by itself writes the archive; the JVM compares it
 * with its class path, and goes without one that does not fit.
 */
final class ClassArchive {
  // By SIGTERM, after all hooks: by then the archive is whole.
  private static final int ENDED_BY_TERM = 143;
  // Tests read the logs of processes.
  private static final List<String> QUIET =
      List.of("-Xlog:cds=off", "-Xlog:cds+dynamic=off", "-Xlog:class+path=off");

  private static final Map<String, ClassArchive> ALL = new ConcurrentHashMap<>();

  private final Path folder;
  private final Path archive;
  private int started;

  private ClassArchive(String kind) {
    try {
      this.folder = Files.createTempDirectory("classes-" + kind);
      this.archive = folder.resolve("archive.jsa");
      Runtime.getRuntime().addShutdownHook(new Thread(this::delete));
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  static ClassArchive of(String kind) {
    return ALL.computeIfAbsent(kind, ClassArchive::new);
  }

  /**
   * Starts a process that reads the archive, or writes it when there is none yet.
   *
   * @param builder whose command begins with the JVM's program
   */
  synchronized Process start(ProcessBuilder builder) throws IOException {
    Path own = folder.resolve(++started + ".jsa");
    List<String> command = new ArrayList<>(builder.command());
    command.addAll(1, QUIET);
    command.add(
        1,
        Files.exists(archive)
            ? "-XX:SharedArchiveFile=" + archive
            : "-XX:ArchiveClassesAtExit=" + own);
    Process process = builder.command(command).start();
    process.onExit().thenAccept(ended -> take(own, ended.exitValue()));
    return process;
  }

  private synchronized void take(Path own, int code) {
    try {
      if ((code == 0 || code == ENDED_BY_TERM) && Files.exists(own) && Files.notExists(archive)) {
        Files.move(own, archive, StandardCopyOption.ATOMIC_MOVE);
      }
      Files.deleteIfExists(own);
    } catch (IOException full) {
      throw new UncheckedIOException(full);
    }
  }

  private synchronized void delete() {
    try {
      Files.deleteIfExists(archive);
      for (int i = 1; i <= started; i++) {
        Files.deleteIfExists(folder.resolve(i + ".jsa"));
      }
      Files.deleteIfExists(folder);
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }
}
