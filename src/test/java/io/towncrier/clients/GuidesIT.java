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
import java.sql.Connection;
import java.sql.ResultSet;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
        new ServerProcess(forServer)
            .with("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN)
            .with("TOWNCRIER_PUBLIC_URL", "https://updates.example.com");
    server.start();
    server.post("/v1/admin/catalogue", TestPostgres.OPERATOR_TOKEN, Api.sampleCatalogue());
  }

  @AfterAll
  static void stopServer() throws InterruptedException {
    server.stop();
  }

  /** Its check is asked of the server that dev mode starts. */
  @Test
  void readme() throws Exception {
    Guide guide = Guide.of(Files.readString(Path.of("README.md")));
    assertThat(guide.commands()).isOne();
    String output =
        sh(guide.script().replace("http://localhost:8080", "http://127.0.0.1:" + server.port()));
    assertThat(guide.brokenPromises(output)).as(output).isEmpty();
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

  /** The commands of the page lead to the embedded database; what they call is a stand-in. */
  @Test
  void theEmbeddedDatabaseIsReachedAsThePageSays() throws Exception {
    String commands =
        Guide.of(Files.readString(Path.of("docs/deploy.md"))).notTried().stream()
            .filter(block -> block.contains("pg_dump"))
            .findFirst()
            .orElseThrow()
            .replace("/var/lib/towncrier", server.data().toString())
            .replace("sudo ", "");
    String said =
        sh("pg_dump() { echo \"$PGPASSWORD $*\"; }; pg_restore() { :; }\n" + commands).strip();
    Matcher dump =
        Pattern.compile("(\\S+) -Fc -h (\\S+) -p (\\d+) -U (\\S+) -d (\\S+) .*").matcher(said);
    assertThat(dump.matches()).as(said).isTrue();
    String url = "jdbc:postgresql://%s:%s/%s";
    Properties login = new Properties();
    login.setProperty("user", dump.group(4));
    login.setProperty("password", dump.group(1));
    try (Connection database =
            new org.postgresql.Driver()
                .connect(url.formatted(dump.group(2), dump.group(3), dump.group(5)), login);
        ResultSet rows = database.createStatement().executeQuery("SELECT id FROM product")) {
      assertThat(rows.next()).isTrue();
    }
  }

  /** A page that is wrong fails: the check itself can fail. */
  @Test
  void aPageThatPromisesSomethingElseIsCaught() throws Exception {
    Guide wrong = Guide.of("```sh\necho one\n```\n\n```text\ntwo\n```\n");
    assertThat(wrong.brokenPromises(sh(wrong.script()))).hasSize(1);
    Guide masked = Guide.of("```sh\necho one two three\n```\n\n```text\none...three\n```\n");
    assertThat(masked.brokenPromises(sh(masked.script()))).isEmpty();
    assertThat(masked.brokenPromises(sh(masked.script().replace("three", "four")))).hasSize(1);
    Guide failing =
        Guide.of("```sh\nfalse\n```\n\n```sh\necho later\n```\n\n```text\nlater\n```\n");
    assertThat(failing.brokenPromises(sh(failing.script()))).isNotEmpty();
  }

  private void run(String page) throws Exception {
    Guide guide = Guide.of(Files.readString(Path.of(page)));
    assertThat(guide.commands()).isGreaterThan(3);
    Files.createSymbolicLink(directory.resolve("clients"), Path.of("clients").toAbsolutePath());
    String output = sh(guide.script());
    assertThat(guide.brokenPromises(output)).as(output).isEmpty();
  }

  private String sh(String script) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(List.of("sh", "-e", "-u", "-c", script))
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
