package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSignedHeadsTest {
  private static final int LINES = 50;

  @TempDir Path data;

  @Test
  void linesAreKeptForEachChainAndNobodysAreLost() throws Exception {
    Path file = data.resolve("audit-heads");
    FileSignedHeads heads = new FileSignedHeads(file);
    assertThat(heads.lines("changes")).isEmpty();
    assertThat(heads.replace("changes", List.of(), List.of("one"))).isTrue();
    assertThat(heads.replace("reads", List.of(), List.of("other"))).isTrue();
    assertThat(heads.replace("changes", List.of("one"), List.of("one", "two"))).isTrue();
    // A second process, which has read before that.
    FileSignedHeads second = new FileSignedHeads(file);
    assertThat(second.replace("changes", List.of("one"), List.of("one", "three"))).isFalse();
    assertThat(second.lines("changes")).containsExactly("one", "two");
    assertThat(second.lines("reads")).containsExactly("other");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }

  @Test
  void twoInstancesThatWriteAtOnceLoseNobodysLines() throws Exception {
    Path file = data.resolve("audit-heads");
    ExecutorService two = Executors.newFixedThreadPool(2);
    try {
      Future<?> changes = two.submit(() -> write(file, "changes"));
      Future<?> reads = two.submit(() -> write(file, "reads"));
      changes.get(60, TimeUnit.SECONDS);
      reads.get(60, TimeUnit.SECONDS);
    } finally {
      two.shutdownNow();
    }
    assertThat(new FileSignedHeads(file).lines("changes")).isEqualTo(lines(LINES));
    assertThat(new FileSignedHeads(file).lines("reads")).isEqualTo(lines(LINES));
  }

  @Test
  void anotherProcessThatWritesAtOnceLosesNobodysLines() throws Exception {
    Path file = data.resolve("audit-heads");
    Path said = data.resolve("said");
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Other.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    FileSignedHeads here = new FileSignedHeads(file);
    while (here.lines("reads").isEmpty() && other.isAlive()) {
      Thread.onSpinWait();
    }
    write(file, "changes");

    assertThat(other.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(other.exitValue()).as(Files.readString(said)).isZero();
    assertThat(here.lines("changes")).isEqualTo(lines(LINES));
    assertThat(here.lines("reads")).isEqualTo(lines(LINES));
  }

  /** What that process does; a line that is lost is its end. */
  static final class Other {
    private Other() {}

    public static void main(String[] arguments) {
      write(Path.of(arguments[0]), "reads");
    }
  }

  /** Line after line of one chain: nobody else writes that chain, so each one is taken. */
  private static void write(Path file, String chain) {
    FileSignedHeads heads = new FileSignedHeads(file);
    for (int i = 0; i < LINES; i++) {
      if (!heads.replace(chain, lines(i), lines(i + 1))) {
        throw new AssertionError("a line of " + chain + " is lost: " + heads.lines(chain));
      }
    }
  }

  private static List<String> lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> "line " + i).toList();
  }
}
