package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.installation.Outside;
import io.towncrier.installation.Outside.Testimony;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FilesOutsideTest {
  private static final Instant NOON = Instant.parse("2027-01-01T12:00:00Z");

  @TempDir Path dir;

  @Test
  void aCopyOfTheDirectoryHasAnotherMarker() throws IOException {
    Path data = Files.createDirectory(dir.resolve("data"));
    Optional<String> first = outside(data, true).marker();
    assertThat(first).isPresent();
    assertThat(outside(data, true).marker()).as("the next start").isEqualTo(first);
    Path copy = Files.createDirectory(dir.resolve("copy"));
    Files.copy(data.resolve("marker"), copy.resolve("marker"));
    assertThat(outside(copy, true).marker()).isPresent().isNotEqualTo(first);
    Files.move(data, dir.resolve("moved"));
    assertThat(outside(dir.resolve("moved"), true).marker()).as("moved").isEqualTo(first);
  }

  @Test
  void whereTheDatabaseIsElsewhereThereIsNoMarker() {
    assertThat(outside(dir, false).marker()).isEmpty();
    assertThat(dir).isEmptyDirectory();
  }

  @Test
  void theWitnessSaysWhatItWasTold() {
    FilesOutside outside = outside(dir, false);
    assertThat(outside.witness()).isEmpty();
    Testimony told =
        new Testimony(7, NOON, List.of(new Outside.Sent("ntc_1", 7), new Outside.Sent("ntc_2", 0)));
    outside.tell(told);
    assertThat(outside.witness()).contains(told);
    outside.tell(new Testimony(8, NOON.plusSeconds(10), List.of()));
    assertThat(outside.witness()).contains(new Testimony(8, NOON.plusSeconds(10), List.of()));
  }

  @Test
  void aWitnessThatIsAheadIsNotWrittenOver() {
    FilesOutside outside = outside(dir, false);
    outside.tell(new Testimony(8, NOON, List.of()));
    outside.tell(new Testimony(7, NOON, List.of()));
    assertThat(outside.witness().orElseThrow().mark()).isEqualTo(8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "7",
        "seven 2027-01-01T12:00:00Z",
        "7 noon",
        "7 8 9",
        "7 2027-01-01T12:00:00Z\nntc_1",
        "7 2027-01-01T12:00:00Z\nntc_1 many"
      })
  void aWitnessThatIsGarbledSaysNothing(String content) throws IOException {
    Files.writeString(dir.resolve("witness"), content);
    assertThat(outside(dir, false).witness()).isEmpty();
  }

  private FilesOutside outside(Path data, boolean own) {
    return new FilesOutside(data, Optional.of(dir.resolve("witness")), own);
  }
}
