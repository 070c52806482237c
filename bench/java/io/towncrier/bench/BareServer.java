package io.towncrier.bench;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A bare Vert.x handler, in a process of its own, that writes what the service has answered: the
 * same bytes and headers, looked up by the request line. What a check costs beside it is ours.
 */
final class BareServer implements AutoCloseable {
  private static final List<String> HEADERS = List.of("Content-Type", "ETag", "Cache-Control");
  private static final String STARTED = "listening";

  private final Path answers;
  private final int port;
  private final Process process;

  private BareServer(Path answers, int port, Process process) {
    this.answers = answers;
    this.port = port;
    this.process = process;
  }

  /** With the answers of a service to these paths. */
  static BareServer start(BenchServer service, List<String> paths) throws Exception {
    StringBuilder lines = new StringBuilder();
    for (String path : paths) {
      HttpResponse<String> answer = service.get(path);
      lines.append(path);
      for (String header : HEADERS) {
        lines.append('\t').append(answer.headers().firstValue(header).orElseThrow());
      }
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      lines.append('\t').append(Base64.getEncoder().encodeToString(body)).append('\n');
    }
    Path answers = Files.writeString(Files.createTempFile("towncrier-bench", ".answers"), lines);
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    Process process =
        new ProcessBuilder(
                "java",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                BareServer.class.getName(),
                Integer.toString(port),
                answers.toString())
            .redirectErrorStream(true)
            .start();
    BareServer server = new BareServer(answers, port, process);
    server.awaitStart();
    return server;
  }

  private void awaitStart() throws Exception {
    HttpRequest any =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/" + STARTED)).build();
    while (process.isAlive()) {
      try {
        HttpClient.newHttpClient().send(any, HttpResponse.BodyHandlers.discarding());
        return;
      } catch (IOException notYet) {
        Thread.sleep(100);
      }
    }
    throw new IllegalStateException("the bare server does not start");
  }

  int port() {
    return port;
  }

  @Override
  public void close() throws Exception {
    process.destroy();
    process.waitFor();
    Files.delete(answers);
  }

  /** The server's own process: a port, and the file with the answers. */
  public static void main(String... args) throws IOException {
    Map<String, Answer> answers = new HashMap<>();
    for (String line : Files.readAllLines(Path.of(args[1]))) {
      String[] parts = line.split("\t", -1);
      answers.put(
          parts[0],
          new Answer(
              parts[1], parts[2], parts[3], Buffer.buffer(Base64.getDecoder().decode(parts[4]))));
    }
    int port = Integer.parseInt(args[0]);
    // As many event loops as Quarkus has.
    int loops = 2 * Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(
            () -> new Handler(port, answers), new DeploymentOptions().setInstances(loops))
        .onFailure(
            failure -> {
              failure.printStackTrace();
              System.exit(1);
            });
  }

  private record Answer(String type, String tag, String cache, Buffer body) {}

  private static final class Handler extends AbstractVerticle {
    private final int port;
    private final Map<String, Answer> answers;

    Handler(int port, Map<String, Answer> answers) {
      this.port = port;
      this.answers = answers;
    }

    @Override
    public void start() {
      vertx.createHttpServer().requestHandler(this::answer).listen(port, "127.0.0.1");
    }

    private void answer(HttpServerRequest request) {
      Answer answer = answers.get(request.uri());
      HttpServerResponse response = request.response();
      if (answer == null) {
        response.setStatusCode(404).end();
        return;
      }
      response.putHeader("ETag", answer.tag()).putHeader("Cache-Control", answer.cache());
      if (answer.tag().equals(request.getHeader("If-None-Match"))) {
        response.setStatusCode(304).end();
      } else {
        response.putHeader("Content-Type", answer.type()).end(answer.body());
      }
    }
  }
}
