package io.towncrier.delivery;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;

/** A PostgreSQL that really writes, and that can be killed and started again. */
final class KillablePostgres {
  private static final long STARTS_WITHIN_NANOS = 60_000_000_000L;

  private final Path data;
  private final int port;
  private final List<String> command;

  private KillablePostgres(Path data, int port, List<String> command) {
    this.data = data;
    this.port = port;
    this.command = command;
  }

  static KillablePostgres start() throws IOException {
    Path data = Files.createTempDirectory("kills").resolve("data");
    EmbeddedPostgres first =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100")
            .start();
    Flyway.configure().dataSource(first.getPostgresDatabase()).load().migrate();
    KillablePostgres postgres =
        new KillablePostgres(data, first.getPort(), commandLine(postmaster(data)));
    return postgres;
  }

  String url() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + url(), "postgres", "postgres");
  }

  void kill() throws IOException {
    ProcessHandle.of(postmaster(data)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** As it was started first; its backends see that their master is gone, and go. */
  void restart() throws IOException, InterruptedException {
    long end = System.nanoTime() + STARTS_WITHIN_NANOS;
    while (System.nanoTime() < end) {
      List<String> again = new ArrayList<>();
      if (System.getProperty("user.name").equals("root")) {
        // PostgreSQL refuses to be root.
        again.addAll(List.of("unshare", "-U"));
      }
      again.addAll(command);
      Process started =
          new ProcessBuilder(again)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(data.resolveSibling("log").toFile()))
              .start();
      while (started.isAlive() && System.nanoTime() < end) {
        try (Connection connection = connect()) {
          return;
        } catch (SQLException notYet) {
          Thread.sleep(50);
        }
      }
    }
    throw new IllegalStateException("PostgreSQL does not start again");
  }

  void stop() throws IOException {
    kill();
  }

  private static long postmaster(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  private static List<String> commandLine(long pid) throws IOException {
    byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
    return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
  }
}
