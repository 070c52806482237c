package io.towncrier.artifacts.files;

import io.towncrier.artifacts.Sums;
import io.towncrier.platform.Ids;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A file that is being written, under a name that nobody reads; it is gone unless it is kept. */
final class NewFile implements AutoCloseable {
  /** What such names begin with; no artifact and no part is called so. */
  static final String PREFIX = ".new";

  private static final int BUFFER_BYTES = 64 * 1024;

  private final Path folder;
  private final Path path;
  private final FileChannel channel;

  NewFile(Path folder) throws IOException {
    this.folder = folder;
    this.path = folder.resolve(Ids.next(PREFIX));
    this.channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  /**
   * Writes bytes behind those that were written before, and adds them to sums.
   *
   * @param from is closed
   * @param most no more are read
   * @param hasTime whether there is time
   * @return false when time ran out
   */
  boolean copy(InputStream from, long most, Sums.Maker sums, BooleanSupplier hasTime)
      throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    long left = most;
    try (from) {
      while (left > 0) {
        int read = from.read(buffer, 0, (int) Math.min(left, buffer.length));
        if (read < 0) {
          break;
        }
        if (!hasTime.getAsBoolean()) {
          return false;
        }
        sums.add(buffer, read);
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, read);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
        left -= read;
      }
    }
    return true;
  }

  /** Has the file on the disk, and then under its name in the same folder. */
  void keepAs(String name) throws IOException {
    channel.force(true);
    Files.move(path, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    ArtifactFolder.force(folder);
  }

  @Override
  public void close() throws IOException {
    channel.close();
    Files.deleteIfExists(path);
  }
}
