package io.towncrier.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What programs write that tests have started; suites that run at once do not share a file. */
final class Logs {
  private static final Path DIRECTORY =
      Path.of("target", "function-logs", Long.toString(ProcessHandle.current().pid()));

  private Logs() {}

  static Path of(String program) throws IOException {
    Files.createDirectories(DIRECTORY);
    return DIRECTORY.resolve(program + ".log");
  }
}
