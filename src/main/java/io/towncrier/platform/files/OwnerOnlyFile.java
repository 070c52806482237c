package io.towncrier.platform.files;

import io.towncrier.platform.Ids;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Small files that only their owner may read: keys, and hashes of tokens. */
public final class OwnerOnlyFile {
  private OwnerOnlyFile() {}

  public static Optional<String> read(Path file) throws IOException {
    return Files.exists(file)
        ? Optional.of(Files.readString(file, StandardCharsets.UTF_8).trim())
        : Optional.empty();
  }

  /**
   * Writes a file that does not exist yet, whole or not at all: a kill leaves no half behind.
   *
   * @return whether it was written; false when somebody else was faster
   */
  public static boolean create(Path file, String content) throws IOException {
    Path temporary = temporary(file, content.getBytes(StandardCharsets.UTF_8));
    try {
      Files.createLink(file, temporary);
      return true;
    } catch (FileAlreadyExistsException another) {
      return false;
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes a file in place of the one that may be there, whole or not at all. */
  public static void replace(Path file, String content) throws IOException {
    replace(file, content.getBytes(StandardCharsets.UTF_8));
  }

  /** As above. */
  public static void replace(Path file, byte[] content) throws IOException {
    Path temporary = temporary(file, content);
    try {
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  private static Path temporary(Path file, byte[] content) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    FileAttribute<?> ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Path temporary = file.resolveSibling(file.getFileName() + "." + Ids.next("new"));
    try (FileChannel channel =
        FileChannel.open(
            temporary,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            ownerOnly)) {
      ByteBuffer bytes = ByteBuffer.wrap(content);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    return temporary;
  }
}
