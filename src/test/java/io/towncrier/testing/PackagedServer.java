package io.towncrier.testing;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged server in a process of its own. */
public final class PackagedServer {
  private static final long STARTS_WITHIN_NANOS = 60_000_000_000L;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final Map<String, String> environment;
  private final Path directory;
  private final int port;
  private final int managementPort;
  private String heap = "-Xmx256m";
  private Process process;

  /**
   * Not started yet.
   *
   * @param database {@code postgresql://host:port/name}, of a user postgres; empty for its own
   */
  public PackagedServer(String database, Map<String, String> settings) throws IOException {
    this.directory = Files.createTempDirectory("packaged");
    try (ServerSocket socket = new ServerSocket(0);
        ServerSocket management = new ServerSocket(0)) {
      this.port = socket.getLocalPort();
      this.managementPort = management.getLocalPort();
    }
    this.environment = new HashMap<>(settings);
    environment.putIfAbsent("TOWNCRIER_MASTER_KEY", TestPostgres.MASTER_KEY);
    if (!database.isEmpty()) {
      environment.put("QUARKUS_DATASOURCE_REACTIVE_URL", database);
      environment.put("QUARKUS_DATASOURCE_USERNAME", "postgres");
      environment.put("QUARKUS_DATASOURCE_PASSWORD", "postgres");
    }
    environment.put("QUARKUS_HTTP_HOST", "127.0.0.1");
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(port));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.putIfAbsent("TOWNCRIER_DATA_DIR", directory.resolve("data").toString());
  }

  /** Before it is started; as the JVM's option. */
  public PackagedServer withHeap(String option) {
    heap = option;
    return this;
  }

  /** What it has written so far. */
  public String log() throws IOException {
    return Files.readString(logFile());
  }

  public void startIfDead() throws IOException, InterruptedException {
    launchIfDead();
    if (!answersWithin(Duration.ofNanos(STARTS_WITHIN_NANOS))) {
      throw new IllegalStateException("the server does not start; see " + logFile());
    }
  }

  /** Starts the process and does not wait for anything. */
  public void launchIfDead() throws IOException {
    if (process != null && process.isAlive()) {
      return;
    }
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                "java",
                heap,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                System.getProperty("server.jar", "target/quarkus-app/quarkus-run.jar")));
    builder.environment().putAll(environment);
    process =
        ClassArchive.of("server")
            .start(
                builder
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(logFile().toFile())));
  }

  public Path logFile() {
    return directory.resolve("log");
  }

  public void kill() throws InterruptedException {
    if (process != null) {
      process.destroyForcibly();
      process.waitFor();
    }
  }

  /** It is asked to end (SIGTERM), and has done so. */
  public void end() throws InterruptedException {
    if (process != null) {
      process.destroy();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the server does not end; see " + logFile());
      }
    }
  }

  /** It stands still, and its connections stay (SIGSTOP). */
  public void freeze() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** It goes on. */
  public void thaw() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    if (process != null) {
      new ProcessBuilder("kill", signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  public int port() {
    return port;
  }

  /** Where metrics are, and the details of health. */
  public int managementPort() {
    return managementPort;
  }

  /** Whether it tells of itself within that time; sooner no when its process ends. */
  public boolean answersWithin(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    HttpRequest about =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/about"))
            .timeout(Duration.ofSeconds(5))
            .build();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (CLIENT.send(about, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
          return true;
        }
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    return false;
  }
}
