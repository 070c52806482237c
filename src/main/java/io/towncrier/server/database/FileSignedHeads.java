package io.towncrier.server.database;

import static java.util.stream.Collectors.joining;

import io.towncrier.audit.AuditConfig;
import io.towncrier.audit.SignedHeads;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.files.OwnerOnlyFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Signed heads of a plain server: a file, a line a day and chain. Several servers may share it. Who
 * may write there can take lines away: it belongs on another machine than the database where that
 * matters.
 */
@ApplicationScoped
class FileSignedHeads implements SignedHeads {
  // A lock on a file is one of the whole process, and is refused to its second thread.
  private static final Object IN_THIS_PROCESS = new Object();

  private final Path file;

  @Inject
  FileSignedHeads(TowncrierConfig config, AuditConfig audit) {
    this(audit.headsFile().orElseGet(() -> config.dataDir().resolve("audit-heads")));
  }

  FileSignedHeads(Path file) {
    this.file = file;
  }

  @Override
  public List<String> lines(String chain) {
    return of(chain, content());
  }

  @Override
  public boolean replace(String chain, List<String> known, List<String> next) {
    synchronized (IN_THIS_PROCESS) {
      // Locked until it is closed.
      try (FileChannel others = lockFile()) {
        others.lock();
        return replaceAlone(chain, known, next);
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  private boolean replaceAlone(String chain, List<String> known, List<String> next)
      throws IOException {
    String content = content();
    if (!of(chain, content).equals(known)) {
      return false;
    }
    Stream<String> others = content.lines().filter(line -> !line.startsWith(begin(chain)));
    Stream<String> these = next.stream().map(line -> begin(chain) + line);
    OwnerOnlyFile.replace(
        file, Stream.concat(others, these).map(line -> line + "\n").collect(joining()));
    return true;
  }

  /** Beside the file, which is another one after each change. */
  private FileChannel lockFile() throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    return FileChannel.open(
        file.resolveSibling(file.getFileName() + ".lock"),
        Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  private static List<String> of(String chain, String content) {
    return content
        .lines()
        .filter(line -> line.startsWith(begin(chain)))
        .map(line -> line.substring(begin(chain).length()))
        .toList();
  }

  private static String begin(String chain) {
    return chain + " ";
  }

  private String content() {
    try {
      return OwnerOnlyFile.read(file).orElse("");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
