package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks like our database, and what is. */
@Tag("zoneless")
class OrphanPostgresTest {
  private static final Instant BEGAN = Instant.parse("2027-01-01T00:00:00.40Z");

  @TempDir Path dir;
  private Process process;

  @AfterEach
  void end() {
    if (process != null) {
      process.destroyForcibly();
    }
  }

  @Test
  void theProcessThatServesOurDirectorySinceThenIsOurs() {
    assertThat(isMeant(BEGAN, dir.toString(), "/x/bin/postgres", "-D", dir.toString(), "-p", "1"))
        .isTrue();
    assertThat(isMeant(BEGAN, dir + "/", "/x/bin/postgres", "-D", dir + "/../" + dir.getFileName()))
        .as("the same directory, written otherwise")
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {-86_400, -60, -11, 12, 60, 86_400})
  void anotherStartTimeIsAnotherProcess(long seconds) {
    assertThat(
            isMeant(BEGAN.plusSeconds(seconds), dir.toString(), "postgres", "-D", dir.toString()))
        .isFalse();
  }

  @Test
  void aDatabaseOfAnotherDirectoryIsNotOurs() {
    assertThat(isMeant(BEGAN, dir.toString(), "postgres", "-D", dir + "-other")).isFalse();
    assertThat(isMeant(BEGAN, dir + "-other", "postgres", "-D", dir.toString()))
        .as("a file that was copied from there")
        .isFalse();
    assertThat(isMeant(BEGAN, dir.toString(), "postgres", dir.toString(), "-D")).isFalse();
    assertThat(isMeant(BEGAN, dir.toString())).as("hidden arguments").isFalse();
  }

  @Test
  void aProcessOfUnknownStartIsLeftAlone() {
    assertThat(
            file(1, dir.toString())
                .isMeant(Optional.empty(), new String[] {"postgres", "-D", dir.toString()}, dir))
        .isFalse();
  }

  @Test
  void aBystanderLivesAndTheFileNamesNobodyAnyMore() throws Exception {
    Path exporter =
        Files.copy(
            Path.of("/bin/sleep"),
            Files.createDirectory(dir.resolve("postgres_exporter")).resolve("postgres"));
    assertThat(exporter.toFile().setExecutable(true)).isTrue();
    process = new ProcessBuilder(exporter.toString(), "60").start();
    // As after a reboot: the number is given again, and the rest is from before.
    Path pidFile = write(process.pid(), Instant.now().minusSeconds(3_600));

    OrphanPostgres.stop(dir);

    assertThat(process.isAlive()).isTrue();
    List<String> lines = Files.readAllLines(pidFile);
    assertThat(lines.get(0)).isNotEqualTo(Long.toString(process.pid()));
    assertThat(ProcessHandle.of(Long.parseLong(lines.get(0)))).isEmpty();
    assertThat(lines.subList(1, 3)).as("the rest stays").contains(dir.toString());
  }

  @Test
  void aBystanderWithOurStartTimeLivesToo() throws Exception {
    process = new ProcessBuilder("sleep", "60").start();
    write(process.pid(), process.info().startInstant().orElseThrow());
    OrphanPostgres.stop(dir);
    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void ourOwnIsStopped() throws Exception {
    process = new ProcessBuilder("sh", "-c", "sleep 60; :", "-D", dir.toString()).start();
    Await.patiently("it runs", () -> process.info().arguments().isPresent());
    write(process.pid(), process.info().startInstant().orElseThrow());
    OrphanPostgres.stop(dir);
    assertThat(process.isAlive()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "12", "12\n/x", "x\n/x\n1", "12\n/x\nyesterday"})
  void aFileThatIsCutOffSaysNothing(String content) throws IOException {
    assertThat(OrphanPostgres.PidFile.read(content.lines().toList())).isEmpty();
    Files.writeString(dir.resolve("postmaster.pid"), content);
    OrphanPostgres.stop(dir);
    assertThat(dir.resolve("postmaster.pid")).hasContent(content);
  }

  private boolean isMeant(Instant began, String told, String... arguments) {
    return file(1, told).isMeant(Optional.of(began), arguments, dir);
  }

  private static OrphanPostgres.PidFile file(long pid, String directory) {
    return OrphanPostgres.PidFile.read(
            List.of(
                Long.toString(pid), directory, Long.toString(BEGAN.getEpochSecond()), "5432", ""))
        .orElseThrow();
  }

  private Path write(long pid, Instant started) throws IOException {
    return Files.write(
        dir.resolve("postmaster.pid"),
        List.of(
            Long.toString(pid), dir.toString(), Long.toString(started.getEpochSecond()), "5432"));
  }
}
