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
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Signed heads of a plain server: a file, a line a day and chain. Who may write there can take
 * lines away: it belongs on another machine than the database where that matters.
 */
@ApplicationScoped
class FileSignedHeads implements SignedHeads {
  private final Path file;

  @Inject
  FileSignedHeads(TowncrierConfig config, AuditConfig audit) {
    this(audit.headsFile().orElseGet(() -> config.dataDir().resolve("audit-heads")));
  }

  FileSignedHeads(Path file) {
    this.file = file;
  }

  @Override
  public synchronized List<String> lines(String chain) {
    return of(chain, content());
  }

  @Override
  public synchronized boolean replace(String chain, List<String> known, List<String> next) {
    String content = content();
    if (!of(chain, content).equals(known)) {
      return false;
    }
    Stream<String> others = content.lines().filter(line -> !line.startsWith(begin(chain)));
    Stream<String> these = next.stream().map(line -> begin(chain) + line);
    try {
      OwnerOnlyFile.replace(
          file, Stream.concat(others, these).map(line -> line + "\n").collect(joining()));
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
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
