package io.towncrier.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A router with the kit's script, whose installer writes down what it was given. */
final class Router {
  private static final Path KIT = Path.of("clients/router/towncrier-update").toAbsolutePath();

  private final Path directory;
  private final List<String> shell;
  private final Map<String, String> config = new TreeMap<>();
  private String path = System.getenv("PATH");
  private Path state;
  private Path kit = KIT;

  /**
   * A new device.
   *
   * @param shell with its arguments
   */
  Router(Path directory, String url, List<String> shell) throws IOException {
    this.directory = Files.createDirectories(directory);
    this.shell = shell;
    this.state = directory.resolve("state");
    Path seed = Files.writeString(directory.resolve("seed"), "00:11:22:33:44:55\n");
    Path install = directory.resolve("install");
    Files.writeString(
        install,
        """
        #!/bin/sh
        echo "$2 $3" >>"%1$s/installed"
        sha256sum <"$1" >>"%1$s/sums"
        while [ -e "%1$s/held" ]; do sleep 0.1; done
        [ ! -e "%1$s/cut" ] || kill -9 $PPID
        [ ! -e "%1$s/broken" ]
        """
            .formatted(directory));
    install.toFile().setExecutable(true);
    with("URL", url)
        .with("TRY_URL", "http://127.0.0.1")
        .with("PRODUCT", "kit-router")
        .with("VERSION", "1.0")
        .with("SEED", seed.toString())
        .with("STATE", state.toString())
        .with("WORK", directory.resolve("work").toString())
        .with("INSTALL", install.toString())
        .with("TIMEOUT", "5");
  }

  Router with(String name, String value) {
    config.put(name, value);
    return this;
  }

  /** Another process on the same device. */
  Router beside(Router other) {
    return with("STATE", other.state().toString()).with("WORK", other.work().toString());
  }

  /** With these commands alone. */
  Router onPath(Path folder) {
    path = folder.toString();
    return this;
  }

  /** Another script in place of the kit's. */
  Router withKit(Path other) {
    kit = other.toAbsolutePath();
    return this;
  }

  /** From now on the installer fails, or works. */
  void breakInstaller(boolean broken) throws IOException {
    mark("broken", broken);
  }

  /** From now on the power is cut while the installer works, or is not. */
  void cutInstaller(boolean cut) throws IOException {
    mark("cut", cut);
  }

  /** From now on the installer waits, or goes on. */
  void holdInstaller(boolean held) throws IOException {
    mark("held", held);
  }

  private void mark(String name, boolean set) throws IOException {
    Path mark = directory.resolve(name);
    if (set) {
      Files.writeString(mark, "");
    } else {
      Files.deleteIfExists(mark);
    }
  }

  /** Begins one check; the caller ends it. */
  Process begin(String mode) throws IOException {
    Path file = directory.resolve("conf");
    StringBuilder text = new StringBuilder();
    config.forEach(
        (name, value) ->
            text.append(name).append("='").append(value.replace("'", "'\\''")).append("'\n"));
    Files.writeString(file, text);
    List<String> command = new ArrayList<>(shell);
    command.addAll(List.of(kit.toString(), "-c", file.toString(), mode));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("PATH", path);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("said").toFile())
        .start();
  }

  /** One check; what the script said. */
  String once() throws IOException, InterruptedException {
    return run("once");
  }

  String run(String mode) throws IOException, InterruptedException {
    Process process = begin(mode);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("it does not end: " + said());
    }
    return said();
  }

  String said() throws IOException {
    return Files.readString(directory.resolve("said"));
  }

  /** Each time that the installer was called: version and hash. */
  List<String> installed() throws IOException {
    Path file = directory.resolve("installed");
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /** The hashes of the images that the installer saw. */
  List<String> sums() throws IOException {
    try (Stream<String> lines = Files.lines(directory.resolve("sums"))) {
      return lines.map(line -> line.substring(0, 64)).toList();
    }
  }

  Path state() {
    return state;
  }

  Path work() {
    return directory.resolve("work");
  }
}
