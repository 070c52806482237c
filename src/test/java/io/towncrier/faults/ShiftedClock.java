package io.towncrier.faults;

import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** The clock of one process of ours, which can be set while it runs: bench/clock/shifted.c. */
final class ShiftedClock {
  private static final Path SOURCE = Path.of("bench", "clock", "shifted.c");
  private static final Path LIBRARY = Path.of("target", "shifted-clock.so").toAbsolutePath();

  private final Path file;
  private final MappedByteBuffer offset;

  private ShiftedClock(Path file) throws IOException {
    this.file = file;
    Files.write(file, new byte[Long.BYTES]);
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      this.offset = channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES);
    }
    offset.order(ByteOrder.nativeOrder());
  }

  /** Empty where there is no compiler for it, or the JVM does not follow it. */
  static Optional<ShiftedClock> make(String name) throws IOException, InterruptedException {
    if (!compiled()) {
      return Optional.empty();
    }
    ShiftedClock clock = new ShiftedClock(Files.createTempFile(name, ".clock"));
    return clock.isFollowed() ? Optional.of(clock) : Optional.empty();
  }

  private static boolean compiled() throws IOException, InterruptedException {
    if (Files.exists(LIBRARY)
        && Files.getLastModifiedTime(LIBRARY).compareTo(Files.getLastModifiedTime(SOURCE)) > 0) {
      return true;
    }
    try {
      return new ProcessBuilder(
                  "cc", "-shared", "-fPIC", "-O2", "-o", LIBRARY.toString(), SOURCE.toString())
              .inheritIO()
              .start()
              .waitFor()
          == 0;
    } catch (IOException noCompiler) {
      return false;
    }
  }

  /** What the environment of the process must have. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", LIBRARY.toString(), "SHIFTED_CLOCK", file.toString());
  }

  /** From now on it is that far ahead, or behind when negative. */
  void set(Duration ahead) {
    offset.putLong(0, ahead.toNanos());
    offset.force();
  }

  /** Whether `date` of a process with it tells another time. */
  private boolean isFollowed() throws IOException, InterruptedException {
    set(Duration.ofDays(1));
    ProcessBuilder date = new ProcessBuilder("date", "+%s");
    date.environment().putAll(environment());
    Process process = date.start();
    String told = new String(process.getInputStream().readAllBytes()).strip();
    process.waitFor();
    set(Duration.ZERO);
    long ahead = Long.parseLong(told) - System.currentTimeMillis() / 1000;
    return Math.abs(ahead - Duration.ofDays(1).toSeconds()) < 10;
  }

  void remove() throws IOException {
    Files.deleteIfExists(file);
  }
}
