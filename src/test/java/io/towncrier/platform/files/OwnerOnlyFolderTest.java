package io.towncrier.platform.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.platform.StartRefused;
import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerOnlyFolderTest {
  @TempDir Path dir;

  @Test
  void aNewFolderIsItsOwnersAlone() throws Exception {
    assertThat(permissions(OwnerOnlyFolder.make(dir.resolve("a/b")))).isEqualTo("rwx------");
    assertThat(permissions(OwnerOnlyFolder.fresh("towncrier"))).isEqualTo("rwx------");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rwxrwxrwx", "rwxrwx---", "rwxr-xr-x", "rwx-----x", "rwx-w----"})
  void oneOfOursIsTightened(String loose) throws Exception {
    Path folder = Files.createDirectory(dir.resolve("loose"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString(loose));
    Files.writeString(folder.resolve("kept"), "x");
    OwnerOnlyFolder.make(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(folder.resolve("kept")).exists();
  }

  @Test
  void oneOfSomebodyElseIsRefusedByName() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("theirs"));
    Assumptions.assumeTrue(givenToSomebodyElse(folder), "only root can give files away");
    assertThatThrownBy(() -> OwnerOnlyFolder.make(folder))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining(folder.toString())
        .hasMessageContaining("belongs to");
    Path link = Files.createSymbolicLink(dir.resolve("link"), folder);
    assertThatThrownBy(() -> OwnerOnlyFolder.make(link)).isInstanceOf(StartRefused.class);
  }

  @Test
  void aFileInItsPlaceIsRefused() throws Exception {
    Path file = Files.writeString(dir.resolve("file"), "");
    assertThatThrownBy(() -> OwnerOnlyFolder.make(file))
        .isInstanceOf(StartRefused.class)
        .hasMessageContaining("is no folder");
  }

  @Test
  void aFileSystemWithoutOwnersRightsIsRefused() throws Exception {
    try (FileSystem zip =
        FileSystems.newFileSystem(dir.resolve("folders.zip"), Map.of("create", "true"))) {
      Path folder = zip.getPath("/data");
      assertThatThrownBy(() -> OwnerOnlyFolder.make(folder))
          .isInstanceOf(StartRefused.class)
          .hasMessageContaining("the file system of /data keeps no owner's rights");
      assertThat(folder).doesNotExist();
    }
  }

  @Test
  void aLinkToOneOfOursIsFollowed() throws Exception {
    Path folder = Files.createDirectory(dir.resolve("real"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
    OwnerOnlyFolder.make(Files.createSymbolicLink(dir.resolve("link"), folder));
    assertThat(permissions(folder)).isEqualTo("rwx------");
  }

  private static boolean givenToSomebodyElse(Path folder) throws Exception {
    try {
      return new ProcessBuilder("chown", "65534", folder.toString()).start().waitFor() == 0;
    } catch (IOException noSuchCommand) {
      return false;
    }
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
