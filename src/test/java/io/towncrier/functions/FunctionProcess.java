package io.towncrier.functions;

import io.towncrier.testing.RuntimeApi;
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
final class FunctionProcess implements AutoCloseable {
  private final RuntimeApi api;
  private final Process process;
  private final Path log;

  FunctionProcess(Path unpacked, String handler, Map<String, String> environment)
      throws IOException, InterruptedException {
    api = new RuntimeApi();
    String runtime =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(jar -> jar.contains("aws-lambda-java-") || jar.contains("utils-lite"))
            .collect(Collectors.joining(File.pathSeparator));
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            unpacked + File.pathSeparator + unpacked + "/lib/*" + File.pathSeparator + runtime,
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda",
            handler);
    builder.directory(unpacked.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().putAll(environment);
    builder.environment().put("AWS_LAMBDA_RUNTIME_API", api.address());
    builder.environment().put("AWS_LAMBDA_FUNCTION_NAME", "towncrier");
    builder.environment().put("AWS_LAMBDA_FUNCTION_VERSION", "1");
    builder.environment().put("AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "512");
    builder.redirectErrorStream(true);
    log = Path.of("target", "function-logs", handler.replace(':', '.') + ".log");
    Files.createDirectories(log.getParent());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    process = builder.start();
    api.awaitInit(Duration.ofSeconds(60));
  }

  long pid() {
    return process.pid();
  }

  /** What it and those of its name before have written. */
  String log() throws IOException {
    return Files.readString(log);
  }

  String invoke(String event) throws Exception {
    return api.invoke(event);
  }

  /** Lambda's id of the invocation before. */
  String lastRequestId() {
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
