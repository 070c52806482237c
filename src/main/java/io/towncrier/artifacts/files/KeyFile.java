package io.towncrier.artifacts.files;

import io.towncrier.artifacts.ArtifactHome.HomeFailure;
import io.towncrier.platform.files.OwnerOnlyFile;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** The key of links, made at its first use. Who deletes the file ends all links that are out. */
final class KeyFile {
  private static final int BYTES = 32;

  private final Path file;
  private volatile @Nullable LinkKey known;

  KeyFile(Path file) {
    this.file = file;
  }

  LinkKey get() {
    LinkKey key = known;
    if (key == null) {
      key = read();
      known = key;
    }
    return key;
  }

  private LinkKey read() {
    try {
      byte[] fresh = new byte[BYTES];
      new SecureRandom().nextBytes(fresh);
      OwnerOnlyFile.create(file, Base64.getEncoder().encodeToString(fresh));
      return new LinkKey(Base64.getDecoder().decode(OwnerOnlyFile.read(file).orElseThrow()));
    } catch (IOException failure) {
      throw new HomeFailure(failure);
    }
  }
}
