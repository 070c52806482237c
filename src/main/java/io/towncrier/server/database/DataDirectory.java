package io.towncrier.server.database;

import io.towncrier.platform.StartRefused;
import io.towncrier.platform.files.OwnerOnlyFolder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * The directory that holds everything the server keeps. One process at a time: the operating system
 * gives the lock back when that process ends, however it ends.
 */
final class DataDirectory {
  private final Path path;

  // Held until the process ends.
  @SuppressWarnings({"FieldCanBeLocal", "UnusedVariable"})
  private final RandomAccessFile lockFile;

  private DataDirectory(Path path, RandomAccessFile lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  static DataDirectory lock(Path directory) throws StartRefused {
    Path path = OwnerOnlyFolder.make(directory);
    try {
      RandomAccessFile file = new RandomAccessFile(path.resolve("lock").toFile(), "rw");
      FileLock lock = file.getChannel().tryLock();
      if (lock == null) {
        String holder = String.valueOf(file.readLine());
        file.close();
        throw new StartRefused(
            "process %s already uses the data directory %s. Stop it, or give this one a directory of its own with TOWNCRIER_DATA_DIR."
                .formatted(holder.trim(), path));
      }
      file.setLength(0);
      file.write(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII));
      return new DataDirectory(path, file);
    } catch (IOException failure) {
      throw new StartRefused("the data directory %s is not usable: %s".formatted(path, failure));
    }
  }

  Path path() {
    return path;
  }

  Path postgres() {
    return path.resolve("postgres");
  }

  Path file(String name) {
    return path.resolve(name);
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
