package io.towncrier.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSignedHeadsTest {
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
}
