package io.towncrier.artifacts.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.artifacts.ArtifactHome;
import io.towncrier.artifacts.ArtifactHomeContract;
import io.towncrier.artifacts.ArtifactName;
import io.towncrier.artifacts.HostedArtifact;
import io.towncrier.artifacts.Sums;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderHomeTest extends ArtifactHomeContract {
  @TempDir Path folder;

  @Override
  protected ArtifactHome home() {
    return new FolderHome(folder.resolve("artifacts"));
  }

  @Override
  protected Optional<byte[]> served(ArtifactName name) throws IOException {
    Path file = new FolderHome(folder.resolve("artifacts")).published(name);
    return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
  }

  @Override
  protected boolean isGone(HostedArtifact artifact) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.noneMatch(Files::isRegularFile);
    }
  }

  @Test
  void nobodyElseMayRead() throws IOException {
    try (NewFile file = new ArtifactFolder(folder.resolve("a").resolve("b")).begin("c")) {
      file.copy(InputStream.nullInputStream(), 1, new Sums.Maker(), () -> true);
      file.keepAs("1");
    }
    try (Stream<Path> files = Files.walk(folder.resolve("a"))) {
      for (Path file : files.toList()) {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
            .isEqualTo(Files.isDirectory(file) ? "rwx------" : "rw-------");
      }
    }
  }
}
