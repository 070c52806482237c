package io.towncrier;

import static java.nio.file.StandardCopyOption.COPY_ATTRIBUTES;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the gate, .ci/run, says when something goes wrong in it; Maven is a stand-in. */
@Tag("zoneless")
class GateTest {
  private static final String REPORT =
      "<testsuite name=\"a\" time=\"1\">\n<testcase name=\"%s\" classname=\"A\">\n"
          + "<failure message=\"m\"/>\n</testcase>\n</testsuite>\n";

  @TempDir Path tree;

  @BeforeEach
  void copyTheGate() throws IOException {
    Path gate = Files.createDirectories(tree.resolve(".ci"));
    for (String script : List.of("run", "failed-tests", "slowest-tests")) {
      Files.copy(Path.of(".ci", script), gate.resolve(script), COPY_ATTRIBUTES);
    }
    for (String step : List.of(".ci/typescript", ".ci/dev-mode", "bin/apt-get")) {
      script(step, "");
    }
    Files.createDirectories(tree.resolve("infra"));
  }

  @Test
  void whatDoesNotCompileIsSaidAtTheEnd() throws Exception {
    script("mvnw", "case $* in *'package -DskipTests'*) exit 1 ;; esac");
    assertThat(run()).contains("== FAILED\ncompile and package the server\n");
  }

  @Test
  void testsThatFailAreNamedAndThoseOfAnOlderRunAreNot() throws Exception {
    Path reports = Files.createDirectories(tree.resolve("target/surefire-reports"));
    Files.writeString(reports.resolve("TEST-old.xml"), REPORT.formatted("old"));
    Files.writeString(tree.resolve("report"), REPORT.formatted("now"));
    script(
        "mvnw",
        "case $* in *'build.skip -Dmaven'*) mkdir -p target/failsafe-reports;"
            + " cp report target/failsafe-reports/TEST-a.xml ;; esac");
    assertThat(run())
        .contains("== FAILED\nserver: ./mvnw verify\n")
        .contains("A.now  (")
        .doesNotContain("A.old");
  }

  @Test
  void aReportThatCannotBeReadFailsItsStep() throws Exception {
    script("mvnw", "case $* in *-Plambda*) mkdir -p target/failsafe-reports/TEST-a.xml ;; esac");
    assertThat(run()).contains("== FAILED\nLambda: ./mvnw verify -Plambda\n");
  }

  private void script(String name, String text) throws IOException {
    Path file = tree.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + text + "\n");
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  /** What the gate says; it must fail. */
  private String run() throws Exception {
    ProcessBuilder builder = new ProcessBuilder("bash", ".ci/run").directory(tree.toFile());
    builder.environment().put("PATH", tree.resolve("bin") + ":" + System.getenv("PATH"));
    Process gate = builder.redirectErrorStream(true).start();
    String said = new String(gate.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(gate.waitFor()).as(said).isNotZero();
    return said;
  }
}
