package io.towncrier.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged server in a process and a directory of its own. */
final class BenchServer implements AutoCloseable {
  static final Path OURS = Path.of("target/quarkus-app/quarkus-run.jar");

  private static final String TOKEN = "op_for_benchmarks_only_0123456789";
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private final Path directory;
  private final int port;
  private final Process process;

  private BenchServer(Path directory, int port, Process process) {
    this.directory = directory;
    this.port = port;
    this.process = process;
  }

  static BenchServer start(Path directory) throws Exception {
    BenchServer server = launch(OURS, directory);
    server.awaitAnswer("/v1/about");
    return server;
  }

  /** Starts the process and does not wait for anything. */
  static BenchServer launch(Path jar, Path directory) throws IOException {
    int port = freePort();
    List<String> command = new ArrayList<>(List.of("java", "-Xmx1g"));
    command.addAll(List.of(System.getProperty("server.options", "").split(" ", -1)));
    command.removeIf(String::isEmpty);
    command.addAll(List.of("-jar", jar.toString()));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("TOWNCRIER_DATA_DIR", directory.resolve("data").toString());
    builder.environment().put("TOWNCRIER_OPERATOR_TOKEN", TOKEN);
    // Nothing else is to happen meanwhile.
    builder.environment().put("TOWNCRIER_SERVER_DRAIN_EVERY", "10m");
    // The load of this bench is no reason to ask clients to come later: it would change the tags.
    builder.environment().put("TOWNCRIER_UPDATES_CHECKS_PER_SECOND", "100000000");
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.environment().put("QUARKUS_MANAGEMENT_PORT", "0");
    builder.environment().put("TOWNCRIER_DEVICES_REGISTRATION_BURST", "1000000");
    // Counted as everybody's, and never refused.
    builder.environment().put("TOWNCRIER_UPDATES_CHECKS_PER_SOURCE", "100000000");
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log(directory).toFile()));
    return new BenchServer(directory, port, builder.start());
  }

  /** A directory that goes with this process. */
  static Path newDirectory() throws IOException {
    Path directory = Files.createTempDirectory("towncrier-bench");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(directory)));
    return directory;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Asks until it is answered. */
  void awaitAnswer(String path) throws Exception {
    long end = System.nanoTime() + STARTS_WITHIN.toNanos();
    while (System.nanoTime() < end && process.isAlive()) {
      try {
        if (get(path).statusCode() == 200) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(20);
      }
    }
    process.destroy();
    throw new IllegalStateException(
        "the server does not start: " + Files.readString(log(directory)));
  }

  private static Path log(Path directory) {
    return directory.resolve("server.log");
  }

  /** Of its process so far; the database is one of its own. */
  double cpuSeconds() {
    return process.info().totalCpuDuration().orElseThrow().toMillis() / 1e3;
  }

  int port() {
    return port;
  }

  HttpResponse<String> get(String path) throws Exception {
    return CLIENT.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofString());
  }

  /**
   * What an operator sends.
   *
   * @throws IllegalStateException when it is refused
   */
  String post(String path, byte[] body) throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            request(path)
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() >= 300) {
      throw new IllegalStateException(path + " was refused: " + answer.body());
    }
    return answer.body();
  }

  /** The tag of what a device is answered. */
  String tag(String path, String secret) throws Exception {
    return CLIENT
        .send(
            request(path).header("Authorization", "Bearer " + secret).GET().build(),
            HttpResponse.BodyHandlers.discarding())
        .headers()
        .firstValue("ETag")
        .orElseThrow();
  }

  void load(GeneratedCatalogue catalogue) throws Exception {
    for (byte[] document : catalogue.documents()) {
      post("/v1/admin/catalogue", document);
    }
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  /** Has the database count every statement from the next start on. */
  static void countStatements(Path directory) throws IOException {
    Files.writeString(
        directory.resolve("data/postgres/postgresql.conf"),
        "\nshared_preload_libraries = 'pg_stat_statements'\n",
        StandardOpenOption.APPEND);
  }

  String databaseUrl() throws IOException {
    // Line 4 of PostgreSQL's own pid file is its port.
    String databasePort =
        Files.readAllLines(directory.resolve("data/postgres/postmaster.pid")).get(3).trim();
    String password = Files.readString(directory.resolve("data/postgres.password")).trim();
    return "jdbc:postgresql://127.0.0.1:%s/postgres?user=postgres&password=%s"
        .formatted(databasePort, password);
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly().waitFor();
    }
  }

  private static void remove(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException left) {
      System.err.println(directory + " is left behind: " + left);
    }
  }
}
