package io.towncrier.testing;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/** S3 on a loopback port: S3Mock, in a process of its own. */
public final class LoopbackS3 implements AutoCloseable {
  public static final String BUCKET = "towncrier-test";

  private final Process process;
  private final URI endpoint;
  private final HttpClient client = HttpClient.newHttpClient();

  public LoopbackS3() throws IOException {
    int port = freePort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar(),
            "--com.adobe.testing.s3mock.httpPort=" + port,
            "--server.port=0",
            "--com.adobe.testing.s3mock.store.initialBuckets=" + BUCKET);
    Path log = Path.of("target", "function-logs", "s3mock.log");
    Files.createDirectories(log.getParent());
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Await.until("S3Mock is up", Duration.ofSeconds(60), this::answers);
  }

  public URI endpoint() {
    return endpoint;
  }

  /** Overwrites an object behind everybody's back. */
  public void put(String key, byte[] content) throws IOException, InterruptedException {
    send(HttpRequest.newBuilder(at(key)).PUT(HttpRequest.BodyPublishers.ofByteArray(content)));
  }

  public byte[] get(String key) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(at(key)));
  }

  private byte[] send(HttpRequest.Builder request) throws IOException, InterruptedException {
    HttpResponse<byte[]> answer =
        client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    if (answer.statusCode() != 200) {
      throw new IOException("S3Mock answers " + answer.statusCode());
    }
    return answer.body();
  }

  private URI at(String key) {
    return endpoint.resolve("/" + BUCKET + "/" + key);
  }

  private boolean answers() {
    try {
      client.send(
          HttpRequest.newBuilder(endpoint.resolve("/" + BUCKET)).build(),
          HttpResponse.BodyHandlers.discarding());
      return true;
    } catch (IOException notYet) {
      return false;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("s3mock") && jar.endsWith("-exec.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("S3Mock is there in the Lambda build only"));
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
