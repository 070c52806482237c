package io.towncrier.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A disk of so many megabytes (tmpfs), which can really be full. */
final class SmallDisk {
  private static final int[] PIECES = {1 << 20, 1 << 12, 1};

  private final Path mounted;
  private final Path filler;

  private SmallDisk(Path mounted) {
    this.mounted = mounted;
    this.filler = mounted.resolve("filler");
  }

  /** Empty where this process may not mount. */
  static Optional<SmallDisk> mount(String name, int megabytes)
      throws IOException, InterruptedException {
    Path at = Files.createTempDirectory(name);
    String options = "size=" + megabytes + "m,mode=0700";
    if (run("mount", "-t", "tmpfs", "-o", options, "tmpfs", at.toString())) {
      return Optional.of(new SmallDisk(at));
    }
    Files.delete(at);
    return Optional.empty();
  }

  Path path() {
    return mounted;
  }

  /** Fills the disk to its last byte. */
  void fill() throws IOException {
    for (int piece : PIECES) {
      byte[] zeros = new byte[piece];
      try (OutputStream out =
          Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        while (true) {
          out.write(zeros);
        }
      } catch (IOException full) {
        // The next smaller piece may still fit.
      }
    }
  }

  void makeRoom() throws IOException {
    Files.deleteIfExists(filler);
  }

  void unmount() throws IOException, InterruptedException {
    if (run("umount", mounted.toString()) || run("umount", "-l", mounted.toString())) {
      Files.delete(mounted);
    }
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
    } catch (IOException noSuchCommand) {
      return false;
    }
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
  }
}
