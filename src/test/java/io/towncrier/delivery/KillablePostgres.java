package io.towncrier.delivery;

import io.towncrier.testing.Schema;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A PostgreSQL that really writes, and that can be killed and started again. */
public final class KillablePostgres {
  private static final long STARTS_WITHIN_NANOS = 60_000_000_000L;

  private final Path data;
  private final int port;
  private final List<String> command;
  private final Map<String, String> environment;

  private KillablePostgres(
      Path data, int port, List<String> command, Map<String, String> environment) {
    this.data = data;
    this.port = port;
    this.command = command;
    this.environment = environment;
  }

  public static KillablePostgres start() throws IOException {
    return start(Files.createTempDirectory("kills").resolve("data"), Map.of(), Map.of());
  }

  /**
   * Migrated, in a directory that is not there yet.
   *
   * @param settings of PostgreSQL, beside those by which it writes
   * @param environment of its process from the first {@link #restart} on
   */
  public static KillablePostgres start(
      Path data, Map<String, String> settings, Map<String, String> environment) throws IOException {
    EmbeddedPostgres.Builder builder =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setServerConfig("fsync", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("max_connections", "100");
    settings.forEach(builder::setServerConfig);
    EmbeddedPostgres first = builder.start();
    Schema.migrate(first.getPostgresDatabase());
    return new KillablePostgres(
        data, first.getPort(), commandLine(postmaster(data)), Map.copyOf(environment));
  }

  public int port() {
    return port;
  }

  public String url() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  public Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:" + url(), "postgres", "postgres");
  }

  public void kill() throws IOException {
    ProcessHandle.of(postmaster(data)).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** It ends in order (a fast shutdown), and has done so. */
  public void end() throws IOException, InterruptedException {
    ProcessHandle master = ProcessHandle.of(postmaster(data)).orElseThrow();
    signal("-INT", List.of(master));
    awaitEnd(master);
  }

  /** One session is killed; PostgreSQL then ends all of them and recovers. */
  public void killASession() throws IOException, SQLException {
    long session;
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT pid FROM pg_stat_activity
                WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()
                ORDER BY state = 'active' DESC, random() LIMIT 1
                """)) {
      session = row.next() ? row.getLong(1) : -1;
    }
    ProcessHandle.of(session).ifPresent(ProcessHandle::destroyForcibly);
  }

  /** All its processes stand still, and its connections stay (SIGSTOP). */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP", all());
  }

  /** They go on. */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT", all());
  }

  private List<ProcessHandle> all() throws IOException {
    List<ProcessHandle> all = new ArrayList<>();
    Optional<ProcessHandle> master = ProcessHandle.of(postmaster(data));
    master.ifPresent(all::add);
    master.ifPresent(one -> one.children().forEach(all::add));
    return all;
  }

  private static void signal(String signal, List<ProcessHandle> processes)
      throws IOException, InterruptedException {
    List<String> line = new ArrayList<>(List.of("kill", signal));
    processes.forEach(one -> line.add(Long.toString(one.pid())));
    new ProcessBuilder(line)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void awaitEnd(ProcessHandle process) throws InterruptedException {
    long end = System.nanoTime() + STARTS_WITHIN_NANOS;
    while (process.isAlive()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("PostgreSQL does not end");
      }
      Thread.sleep(20);
    }
  }

  /** Whether its first process is there. */
  public boolean isAlive() throws IOException {
    return Files.exists(data.resolve("postmaster.pid"))
        && ProcessHandle.of(postmaster(data)).isPresent();
  }

  /**
   * As it was started first; its backends see that their master is gone, and go. What runs still is
   * waited for until it takes connections.
   */
  public void restart() throws IOException, InterruptedException {
    long end = System.nanoTime() + STARTS_WITHIN_NANOS;
    Process started = null;
    while (System.nanoTime() < end) {
      if (!isAlive() && (started == null || !started.isAlive())) {
        started = launch();
      }
      try (Connection connection = connect()) {
        return;
      } catch (SQLException notYet) {
        Thread.sleep(50);
      }
    }
    throw new IllegalStateException("PostgreSQL does not start again; see " + log());
  }

  private Process launch() throws IOException {
    List<String> again = new ArrayList<>();
    if (System.getProperty("user.name").equals("root")) {
      // PostgreSQL refuses to be root.
      again.addAll(List.of("unshare", "-U"));
    }
    again.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(again)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
    builder.environment().putAll(environment);
    return builder.start();
  }

  public void stop() throws IOException {
    if (Files.exists(data.resolve("postmaster.pid"))) {
      kill();
    }
  }

  /** Not beside its data, which may be on a disk of their own. */
  public Path log() {
    return Path.of(System.getProperty("java.io.tmpdir"), "postgres-" + port + ".log");
  }

  private static long postmaster(Path data) throws IOException {
    return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
  }

  private static List<String> commandLine(long pid) throws IOException {
    byte[] line = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "cmdline"));
    return List.of(new String(line, StandardCharsets.UTF_8).split("\0"));
  }
}
