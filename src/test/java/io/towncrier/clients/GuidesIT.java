package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Api;
import io.towncrier.testing.BesideTheApplication;
import io.towncrier.testing.ServerProcess;
import io.towncrier.testing.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the guides print is run as printed, and answers what they say. */
@BesideTheApplication
@Tag("zoneless")
class GuidesIT {
  @TempDir static Path forServer;
  private static ServerProcess server;

  @TempDir Path directory;

  @BeforeAll
  static void startServer() throws IOException {
    server =
        new ServerProcess(forServer).with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN);
    server.start();
    server.post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    server.stop();
  }

  @Test
  void routers() throws Exception {
    run("docs/routers.md");
  }

  @Test
  void apps() throws Exception {
    run("docs/apps.md");
  }

  @Test
  void operators() throws Exception {
    run("docs/operators.md");
  }

  @Test
  void whatNoTestCanRunIsWellFormedAtLeast() throws Exception {
    int blocks = 0;
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
        for (String block : Guide.of(Files.readString(page)).notTried()) {
          blocks++;
          Process check =
              new ProcessBuilder("bash", "-n", "-c", block).redirectErrorStream(true).start();
          String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          assertThat(check.waitFor()).as(page + ": " + said + block).isZero();
        }
      }
    }
    assertThat(blocks).isGreaterThan(2);
  }

  /** A page that is wrong fails: the check itself can fail. */
  @Test
  void aPageThatPromisesSomethingElseIsCaught() throws Exception {
    Guide wrong = Guide.of("```sh\necho one\n```\n\n```text\ntwo\n```\n");
    assertThat(wrong.brokenPromises(bash(wrong.script()))).hasSize(1);
    Guide failing =
        Guide.of("```sh\nfalse\n```\n\n```sh\necho later\n```\n\n```text\nlater\n```\n");
    assertThat(failing.brokenPromises(bash(failing.script()))).isNotEmpty();
  }

  private void run(String page) throws Exception {
    Guide guide = Guide.of(Files.readString(Path.of(page)));
    assertThat(guide.commands()).isGreaterThan(3);
    Files.createSymbolicLink(directory.resolve("clients"), Path.of("clients").toAbsolutePath());
    String output = bash(guide.script());
    assertThat(guide.brokenPromises(output)).as(output).isEmpty();
  }

  private String bash(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("bash", "-e", "-u", "-o", "pipefail", "-c", script))
            .directory(directory.toFile())
            .redirectErrorStream(true);
    builder.environment().put("URL", "http://127.0.0.1:" + server.port());
    builder.environment().put("OPERATOR", TestPostgres.OPERATOR_TOKEN);
    Process process = builder.start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return output;
  }
}
