package io.towncrier.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** S3 on a loopback port: S3Mock, in a process of its own. */
public final class LoopbackS3 implements AutoCloseable {
  public static final String BUCKET = "towncrier-test";

  private static final Pattern TOLD = Pattern.compile("started on ports? .*?(\\d+) \\(http\\)");

  private final Process process;
  private final URI endpoint;
  private final HttpClient client = HttpClient.newHttpClient();

  public LoopbackS3() throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar(),
            "--com.adobe.testing.s3mock.httpPort=0",
            "--server.port=0",
            "--com.adobe.testing.s3mock.store.initialBuckets=" + BUCKET);
    Path log = Logs.of("s3mock");
    process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Await.until("S3Mock is up", Duration.ofSeconds(60), () -> port(log).isPresent());
    endpoint = URI.create("http://127.0.0.1:" + port(log).orElseThrow());
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

  private static String jar() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
        .filter(jar -> jar.contains("s3mock") && jar.endsWith("-exec.jar"))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("S3Mock is there in the Lambda build only"));
  }

  /** It chooses one itself: what we found free, another test may have found as well. */
  private static Optional<String> port(Path log) {
    try {
      Matcher told = TOLD.matcher(Files.readString(log));
      return told.find() ? Optional.of(told.group(1)) : Optional.empty();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
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
