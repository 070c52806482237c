package io.towncrier.server.database;

import io.towncrier.platform.StartRefused;
import io.zonky.test.db.postgres.embedded.PgBinaryResolver;
import java.io.FileNotFoundException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Which PostgreSQL of the package runs on this machine. The package holds those of the platforms
 * that the README names; one that is missing is told before anything is unpacked.
 */
final class PostgresBinaries {
  // Alpine and its relatives have another C library, for which nothing is packed.
  private static final Path MUSL = Path.of("/etc/alpine-release");

  private PostgresBinaries() {}

  /**
   * The archive for this machine.
   *
   * @throws StartRefused when the package has none, with what to do
   */
  static PgBinaryResolver ofThisMachine() throws StartRefused {
    return of(System.getProperty("os.name"), System.getProperty("os.arch"), Files.exists(MUSL));
  }

  static PgBinaryResolver of(String system, String machine, boolean musl) throws StartRefused {
    String archive =
        archive(system, machine, musl)
            .filter(name -> PostgresBinaries.class.getResource(name) != null)
            .orElseThrow(() -> new StartRefused(missing(system, machine, musl)));
    return (ignoredSystem, ignoredMachine) -> open(archive);
  }

  /** The name of a resource; empty for a platform that nothing is packed for. */
  static Optional<String> archive(String system, String machine, boolean musl) {
    String name = system.toLowerCase(Locale.ROOT);
    boolean intel = machine.equals("amd64") || machine.equals("x86_64");
    boolean arm = machine.equals("aarch64") || machine.equals("arm64");
    if (name.startsWith("mac") && (intel || arm)) {
      // Apple silicon emulates it.
      return Optional.of("/postgres-darwin-x86_64.txz");
    }
    if (!name.equals("linux") || musl) {
      return Optional.empty();
    }
    return intel
        ? Optional.of("/postgres-linux-x86_64.txz")
        : arm ? Optional.of("/postgres-linux-arm_64.txz") : Optional.empty();
  }

  private static String missing(String system, String machine, boolean musl) {
    return ("this package has no PostgreSQL for %s%s on %s, only for Linux (glibc) on amd64 and"
            + " arm64 and for macOS: set QUARKUS_DATASOURCE_REACTIVE_URL to a PostgreSQL of yours")
        .formatted(system, musl ? " with musl" : "", machine);
  }

  private static InputStream open(String archive) throws FileNotFoundException {
    InputStream stream = PostgresBinaries.class.getResourceAsStream(archive);
    if (stream == null) {
      throw new FileNotFoundException(archive);
    }
    return stream;
  }
}
