package io.towncrier.testing;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A function of the unpacked package under AWS's own runtime interface client. */
public final class FunctionProcess implements AutoCloseable {
  private final RuntimeApi api;
  private final Process process;
  private final Path log;
  private final boolean stopsAtItsSnapshot;

  public FunctionProcess(Path unpacked, String handler, Map<String, String> environment)
      throws IOException, InterruptedException {
    api = new RuntimeApi();
    String runtime =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("aws-lambda-java-") || jar.contains("utils-lite"))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            // Else the heap is sized by this machine's memory.
            "-XX:MaxRAM=" + megabytes(handler) + "m",
            "-cp",
            unpacked + File.pathSeparator + unpacked + "/lib/*" + File.pathSeparator + runtime,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler);
    builder.command().addAll(1, LookUps.flags());
    builder.directory(unpacked.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "towncrier");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", megabytes(handler));
    builder.redirectErrorStream(true);
    log = Logs.of(handler.replace(':', '.'));
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    stopsAtItsSnapshot = environment.containsKey("AWS_LAMBDA_INITIALIZATION_TYPE");
    if (stopsAtItsSnapshot) {
      api.awaitCheckpoint(Duration.ofSeconds(60));
    } else {
      api.awaitInit(Duration.ofSeconds(60));
    }
  }

  // As infra's Work has it; the empty function of the bench is compared with the check.
  private static String megabytes(String handler) {
    return handler.startsWith("io.towncrier.") && !handler.equals(FunctionPackage.CHECK)
        ? "1024"
        : "512";
  }

  /** Goes on from the snapshot, if it was told to stop there. */
  public void restoreIfStopped() throws InterruptedException {
    if (stopsAtItsSnapshot) {
      restore();
    }
  }

  /** Goes on from the snapshot. */
  public void restore() throws InterruptedException {
    api.restore();
    api.awaitInit(Duration.ofSeconds(60));
  }

  /** As Lambda does between two invocations. */
  public void freeze() throws IOException, InterruptedException {
    signal("STOP");
  }

  public void thaw() throws IOException, InterruptedException {
    signal("CONT");
  }

  private void signal(String name) throws IOException, InterruptedException {
    int code =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (code != 0) {
      throw new IOException("the process could not be sent " + name);
    }
  }

  /** In the middle of whatever it does. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    process.waitFor();
    api.close();
  }

  public String invoke(String event, Duration time) throws Exception {
    return api.invoke(event, time);
  }

  public long pid() {
    return process.pid();
  }

  public String invoke(String event) throws Exception {
    return api.invoke(event);
  }

  /** As invoke; null when it ended in an error, or the process in the middle of it. */
  public String result(String event) {
    try {
      String result = api.invoke(event);
      return result.startsWith("error ") ? null : result;
    } catch (Exception ended) {
      return null;
    }
  }

  /** What functions of this handler have written so far. */
  public static String logOf(String handler) throws IOException {
    Path log = Logs.of(handler.replace(':', '.'));
    return Files.exists(log) ? Files.readString(log) : "";
  }

  /** What it and those of its name before have written. */
  public String log() throws IOException {
    return Files.readString(log);
  }

  /** Lambda's id of the invocation before. */
  public String lastRequestId() {
    return api.lastRequestId();
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    api.close();
  }
}
