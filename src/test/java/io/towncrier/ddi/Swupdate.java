package io.towncrier.ddi;

import io.towncrier.ddi.Fleet.Router;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Debian's own swupdate, as one router runs it. */
final class Swupdate implements AutoCloseable {
  private static final Path CLIENT = Path.of("target", "swupdate");

  private final Process process;
  private final Path log;

  private Swupdate(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** The program and the folders of its libraries; empty where Debian's packages cannot be had. */
  static Optional<List<String>> unpack() {
    try {
      Process script = new ProcessBuilder(".ci/swupdate", CLIENT.toString()).start();
      String said = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return script.waitFor() == 0 ? Optional.of(said.lines().toList()) : Optional.empty();
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /**
   * Starts it.
   *
   * @param client as it was unpacked
   * @param folder with the certificate of the images; one a router
   * @param version that the router says it runs
   * @param more arguments, such as what became of the update before the restart
   */
  static Swupdate start(
      List<String> client, Path folder, int port, Router router, String version, String... more) {
    try {
      Path own = Files.createTempDirectory(folder, "router");
      Path settings =
          Files.writeString(
              own.resolve("swupdate.cfg"),
              """
              globals: { verbose = true; };
              identify: ( { name = "version"; value = "%s"; }, { name = "country"; value = "DE"; } );
              """
                  .formatted(version));
      String suricatta =
          "-t %s -u http://localhost:%d -i %s -k %s -x -m 1 %s"
              .formatted(
                  Fleet.TENANT,
                  port,
                  router.controllerId(),
                  router.authorization().substring("TargetToken ".length()),
                  String.join(" ", more))
              .trim();
      List<String> command = new ArrayList<>();
      command.add(Path.of(client.get(0)).toAbsolutePath().toString());
      command.addAll(List.of("-v", "-f", settings.toString()));
      command.addAll(List.of("-k", folder.resolve("certificate.pem").toString()));
      command.addAll(List.of("-H", "board:1.0", "-u", suricatta));
      Path log = own.resolve("log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(own.toFile())
              .redirectErrorStream(true)
              .redirectOutput(log.toFile());
      builder.environment().put("TMPDIR", own + "/");
      builder
          .environment()
          .put("LD_LIBRARY_PATH", String.join(":", client.subList(1, client.size())));
      return new Swupdate(builder.start(), log);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean says(String words) {
    return said().contains(words);
  }

  String said() {
    try {
      return Files.readString(log, StandardCharsets.ISO_8859_1);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** As a router that loses its power. */
  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
  }
}
