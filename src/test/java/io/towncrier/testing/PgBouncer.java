package io.towncrier.testing;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Debian's pgbouncer in transaction mode, before a PostgreSQL; what RDS Proxy is in AWS. */
public final class PgBouncer implements AutoCloseable {
  /** The database as the role that sends has it; the others sign in as its superuser. */
  public static final String AS_SENDER = "as_sender";

  private static final Path PROGRAM = Path.of("/usr/sbin/pgbouncer");
  private static final String NOBODY = "nobody";
  private static final int TRIES = 5;
  private static final String SETTINGS =
      """
      [databases]
      postgres = host=127.0.0.1 port=%d dbname=postgres user=postgres password=postgres
      as_sender = host=127.0.0.1 port=%d dbname=postgres user=towncrier_sender password=by-trust
      * = host=127.0.0.1 port=%d user=postgres password=postgres
      [pgbouncer]
      listen_addr = 127.0.0.1
      listen_port = %d
      unix_socket_dir =
      auth_type = any
      pool_mode = transaction
      default_pool_size = 20
      max_client_conn = 200
      ignore_startup_parameters = extra_float_digits,search_path
      """;

  private final Process process;
  private final int port;

  public PgBouncer(int postgres) throws IOException {
    if (!Files.isExecutable(PROGRAM)) {
      if (System.getenv("CI") != null) {
        throw new AssertionError("pgbouncer is missing, and this is no laptop");
      }
      assumeTrue(false, "SKIPPED: no pgbouncer here (Debian's package pgbouncer)");
    }
    Started started = start(postgres);
    for (int i = 0; i < TRIES && !started.isUp(); i++) {
      // What was free when we looked, another test may have taken since.
      started = start(postgres);
    }
    process = started.process;
    port = started.port;
  }

  private static Started start(int postgres) throws IOException {
    int port = freePort();
    Path directory =
        Files.createTempDirectory(
            "pgbouncer",
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
    Path settings = directory.resolve("pgbouncer.ini");
    Files.writeString(settings, SETTINGS.formatted(postgres, postgres, postgres, port));
    List<String> command = new ArrayList<>(List.of(PROGRAM.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      // It refuses to be root.
      command.addAll(List.of("-u", NOBODY));
    }
    command.add(settings.toString());
    return new Started(
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(Logs.of("pgbouncer").toFile()))
            .start(),
        port);
  }

  private record Started(Process process, int port) {
    boolean isUp() {
      Await.patiently("pgbouncer is up, or not", () -> accepts() || !process.isAlive());
      Await.aWhile(Duration.ofMillis(200));
      return process.isAlive();
    }

    private boolean accepts() {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        return socket.isConnected();
      } catch (IOException notYet) {
        return false;
      }
    }
  }

  public int port() {
    return port;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
