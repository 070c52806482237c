package io.towncrier.platform.files;

import io.towncrier.platform.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Folders that only their owner may enter: 0700. */
public final class OwnerOnlyFolder {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rwx------");
  private static final FileAttribute<?> AS_OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(OWNER_ONLY);

  private OwnerOnlyFolder() {}

  /**
   * Makes the folder, or tightens one of ours: others may have been let in by a loose umask.
   *
   * @throws StartRefused when somebody else owns it, it is no folder, others can still get in, or
   *     its file system cannot keep others out
   */
  public static Path make(Path folder) throws StartRefused {
    Path path = folder.toAbsolutePath().normalize();
    if (!path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      throw new StartRefused(
          "the file system of %s keeps no owner's rights, so others could read what is in it. Give this server a folder on another one."
              .formatted(path));
    }
    try {
      Files.createDirectories(path.getParent() == null ? path : path.getParent());
      if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
        Files.createDirectory(path, AS_OWNER_ONLY);
      }
      // A link of somebody else's would lead anywhere; one of the operator's is followed once here.
      Path real = path.toRealPath();
      PosixFileAttributes found = Files.readAttributes(real, PosixFileAttributes.class);
      if (!found.isDirectory()) {
        throw new StartRefused("%s is no folder.".formatted(path));
      }
      if (!found.owner().equals(ourselves(real))) {
        throw new StartRefused(
            "the folder %s belongs to %s, who could change what is in it. Give this server one of its own."
                .formatted(path, found.owner().getName()));
      }
      if (!found.permissions().equals(OWNER_ONLY)) {
        Files.setPosixFilePermissions(real, OWNER_ONLY);
      }
      return path;
    } catch (IOException failure) {
      throw new StartRefused("the folder %s is not usable: %s".formatted(path, failure));
    }
  }

  /** A new one below the temporary folder; nobody can have made it before. */
  public static Path fresh(String prefix) throws IOException {
    return Files.createTempDirectory(prefix, AS_OWNER_ONLY);
  }

  // The user's name may be unknown to the JDK, as in a container: who owns a new file is asked.
  private static java.nio.file.attribute.UserPrincipal ourselves(Path inside) throws IOException {
    Path probe;
    try {
      probe = Files.createTempFile(inside, ".owner", null);
    } catch (IOException mayNotWrite) {
      probe = Files.createTempFile(".owner", null);
    }
    try {
      return Files.getOwner(probe);
    } finally {
      Files.deleteIfExists(probe);
    }
  }
}
