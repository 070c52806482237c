package io.towncrier.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.contract.Contract;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The packaged server as its operator runs it: a process on a data directory, started, stopped,
 * killed and started again. Each start gets free ports and a log of its own.
 */
public final class ServerProcess implements AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
  private static final Duration ANSWERS_WITHIN = Duration.ofSeconds(20);

  /** Where a start unpacks PostgreSQL to, below its data directory. */
  private static final String BINARIES = "postgres-binaries";

  // What the first start of this JVM has unpacked: four seconds of CPU, and the same each time.
  private static Path unpacked;

  private final Path directory;
  private final Map<String, String> settings = new HashMap<>();
  private Path data;
  private Process process;
  private int port;
  private int managementPort;
  private int logs;
  private boolean unpacksItself;

  /**
   * Not started yet.
   *
   * @param directory of the test; data and logs stand below it
   */
  public ServerProcess(Path directory) {
    this.directory = directory;
    this.data = directory.resolve("data");
  }

  /** A setting of all starts, as an environment variable. */
  public ServerProcess with(String name, String value) {
    settings.put(name, value);
    return this;
  }

  /** Settings of all starts. */
  public ServerProcess with(Map<String, String> more) {
    settings.putAll(more);
    return this;
  }

  /** The database of all starts, in place of the server's own. */
  public ServerProcess on(TestPostgres postgres) {
    return with("QUARKUS_DATASOURCE_REACTIVE_URL", postgres.url())
        .with("QUARKUS_DATASOURCE_USERNAME", "postgres")
        .with("QUARKUS_DATASOURCE_PASSWORD", "postgres");
  }

  /** The data directory of the starts from now on: below the test's. */
  public ServerProcess useData(String name) {
    data = directory.resolve(name);
    return this;
  }

  /** Lets the server unpack PostgreSQL, where it would find it unpacked otherwise. */
  public ServerProcess unpackingItself() {
    unpacksItself = true;
    return this;
  }

  /** Starts the server and returns when it says that it is up, and answers. */
  public void start() throws IOException {
    start(Map.of());
  }

  /**
   * As {@link #start()}.
   *
   * @param more settings of this start alone
   */
  public void start(Map<String, String> more) throws IOException {
    port = freePort();
    managementPort = freePort();
    boolean ownDatabase = !settings.containsKey("QUARKUS_DATASOURCE_REACTIVE_URL");
    if (ownDatabase && !more.containsKey("QUARKUS_DATASOURCE_REACTIVE_URL")) {
      giveBinaries();
    }
    process = begin(List.of(), more, port);
    Await.until(
        "the server says that it is up",
        STARTS_WITHIN,
        () -> {
          assertThat(process.isAlive()).as(log()).isTrue();
          return log().contains("Towncrier is up at");
        });
    assertThat(get("/v1/about", null).statusCode()).as("up means up").isEqualTo(200);
    keepBinaries();
  }

  private void giveBinaries() throws IOException {
    synchronized (ServerProcess.class) {
      if (unpacked != null && !unpacksItself && Files.notExists(data.resolve(BINARIES))) {
        Files.createDirectories(data);
        copy(unpacked, data.resolve(BINARIES));
      }
    }
  }

  private void keepBinaries() throws IOException {
    synchronized (ServerProcess.class) {
      if (unpacked == null && Files.exists(data.resolve(BINARIES))) {
        Path kept = Files.createTempDirectory("unpacked-postgres");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(kept)));
        copy(data.resolve(BINARIES), kept.resolve(BINARIES));
        unpacked = kept.resolve(BINARIES);
      }
    }
  }

  /** With rights and times; files are linked, nobody writes to them. */
  private static void copy(Path from, Path to) throws IOException {
    run(List.of("cp", "-al", from.toString(), to.toString()));
  }

  private static void delete(Path folder) {
    try {
      run(List.of("rm", "-rf", folder.toString()));
    } catch (IOException left) {
      throw new UncheckedIOException(left);
    }
  }

  private static void run(List<String> command) throws IOException {
    try {
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IOException(command + " ended with " + code);
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** A start that must fail, beside a server that may run; returns all that it wrote. */
  public String failedStart(Map<String, String> more, int httpPort) throws Exception {
    Process failing = begin(List.of(), more, httpPort);
    assertThat(failing.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(failing.exitValue()).as(log()).isEqualTo(1);
    return log();
  }

  /** A start that must fail; returns the one line that says why. */
  public String refusal(Map<String, String> more, int httpPort) throws Exception {
    String log = failedStart(more, httpPort);
    List<String> said =
        log.lines().filter(line -> line.startsWith("Towncrier does not start: ")).toList();
    assertThat(said).as(log).hasSize(1);
    return said.get(0);
  }

  public String refusal(Map<String, String> more) throws Exception {
    return refusal(more, freePort());
  }

  /** A command of the package; returns all that it wrote. */
  public String run(String... words) throws Exception {
    Process command = begin(List.of(words), Map.of(), freePort());
    assertThat(command.waitFor(STARTS_WITHIN.toSeconds(), TimeUnit.SECONDS)).isTrue();
    return log();
  }

  private Process begin(List<String> words, Map<String, String> more, int httpPort)
      throws IOException {
    List<String> line =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC"));
    line.addAll(LookUps.flags());
    line.addAll(List.of("-jar", System.getProperty("server.jar")));
    line.addAll(words);
    ProcessBuilder builder = new ProcessBuilder(line);
    Map<String, String> environment = builder.environment();
    environment.put("TOWNCRIER_DATA_DIR", data.toString());
    environment.put("QUARKUS_HTTP_PORT", Integer.toString(httpPort));
    environment.put("QUARKUS_MANAGEMENT_PORT", Integer.toString(managementPort));
    environment.putAll(settings);
    environment.putAll(more);
    logs++;
    return ClassArchive.of(words.isEmpty() ? "server" : "command")
        .start(builder.redirectErrorStream(true).redirectOutput(logFile().toFile()));
  }

  /** Of the process that began last, a command or a failed start as well. */
  public Path logFile() {
    return directory.resolve(logs + ".log");
  }

  /** What the process that began last has written so far. */
  public String log() {
    try {
      return Files.readString(logFile());
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  public Path data() {
    return data;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return process.pid();
  }

  /** Without a token: null. */
  public HttpResponse<String> get(String path, String token) throws IOException {
    return send(request(path, token).GET());
  }

  /** From the management interface. */
  public HttpResponse<String> details(String path) throws IOException {
    return send(
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + managementPort + path)).GET());
  }

  /** As {@link #details}, for a condition of {@link Await}. */
  public String detailsOf(String path) {
    try {
      return details(path).body();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** Without a token: null. */
  public HttpResponse<String> post(String path, String token, String json) throws IOException {
    return send(request(path, token).POST(HttpRequest.BodyPublishers.ofString(json)));
  }

  /** Without a token: null. Bodies are JSON. */
  public HttpRequest.Builder request(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Content-Type", "application/json");
    return token == null ? request : request.header("Authorization", "Bearer " + token);
  }

  public static HttpResponse<String> send(HttpRequest.Builder request) throws IOException {
    try {
      HttpRequest sent = request.timeout(ANSWERS_WITHIN).build();
      HttpResponse<String> answer = CLIENT.send(sent, HttpResponse.BodyHandlers.ofString());
      assertThat(
              Contract.committed()
                  .defects(
                      sent.method(),
                      sent.uri().getRawPath(),
                      answer.statusCode(),
                      answer.headers().firstValue("Content-Type").orElse(""),
                      answer.body()))
          .as("beside api/openapi.yaml")
          .isEmpty();
      return answer;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IOException(stopped);
    }
  }

  /** What a condition of {@link Await} may ask: no checked exceptions there. */
  public String bodyOf(String path, String token) {
    try {
      return get(path, token).body();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** As a service manager does: by SIGTERM, and waiting for the end, if somewhat less long. */
  public void stop() throws InterruptedException {
    if (process != null && process.isAlive()) {
      process.destroy();
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).as("it ends").isTrue();
    }
  }

  /** In the middle of whatever it does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() throws InterruptedException {
    stop();
  }

  public static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
