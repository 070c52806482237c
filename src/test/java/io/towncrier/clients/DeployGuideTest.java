package io.towncrier.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/deploy.md prints for systemd, nginx and settings, and no test can run. */
class DeployGuideTest {
  private static final Pattern SETTING = Pattern.compile("(?m)^(TOWNCRIER_[A-Z_]+)=");
  private static final Pattern NGINX_LINE = Pattern.compile("\\s*(\\S[^;{}]*[;{]|}|)\\s*(#.*)?");

  private final Guide guide = Guide.of(read("docs/deploy.md"));

  @TempDir Path directory;

  @Test
  void systemdKnowsEverythingThatTheUnitSays() throws Exception {
    assumeTrue(
        Files.isExecutable(Path.of("/usr/bin/systemd-analyze")),
        "SKIPPED: no systemd-analyze here");
    String unit =
        guide.blocks("ini").stream().filter(b -> b.startsWith("[Unit]")).findFirst().orElseThrow();
    // The command is this machine's own Java, wherever that is.
    String here =
        unit.replace("/usr/bin/java", ProcessHandle.current().info().command().orElseThrow());
    assertThat(verified(here)).isEmpty();
    assertThat(verified(here.replace("KillMode=mixed", "KillMode=mix"))).contains("kill mode");
    assertThat(verified(here.replace("[Install]", "Retries=1\n[Install]"))).contains("Retries");
  }

  private String verified(String unit) throws Exception {
    Path file = Files.writeString(directory.resolve("towncrier.service"), unit);
    Process verify =
        new ProcessBuilder("systemd-analyze", "verify", file.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(verify.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    verify.waitFor();
    // Of other units of this machine it speaks as well.
    return String.join(
        "\n", said.lines().filter(line -> line.contains("towncrier.service")).toList());
  }

  @Test
  void theProxyClosesWhatItOpens() {
    List<String> blocks = guide.blocks("nginx");
    assertThat(blocks).singleElement().satisfies(block -> assertThat(isNginx(block)).isTrue());
    assertThat(isNginx(blocks.get(0).replace("60s;", "60s"))).isFalse();
    assertThat(isNginx(blocks.get(0).replaceFirst("}\\s*$", ""))).isFalse();
  }

  private static boolean isNginx(String block) {
    int open = 0;
    for (String line : block.lines().toList()) {
      if (!NGINX_LINE.matcher(line).matches()) {
        return false;
      }
      String code = line.replaceFirst("#.*", "");
      open += code.contains("{") ? 1 : code.contains("}") ? -1 : 0;
    }
    return open == 0;
  }

  @Test
  void everySettingIsOneOfOurs() {
    String known = read("docs/configuration.md");
    List<String> settings =
        guide.blocks("ini").stream()
            .flatMap(block -> SETTING.matcher(block).results())
            .map((MatchResult found) -> found.group(1))
            .toList();
    assertThat(settings).hasSizeGreaterThan(5).allMatch(name -> known.contains("`" + name + "`"));
  }

  /** Its first command is what the gate builds with. */
  @Test
  void theGateBuildsAsThePageSays() {
    assertThat(guide.notTried().get(0)).startsWith("./mvnw package -DskipTests\n");
    assertThat(read(".ci/run")).contains("mvn package -DskipTests");
  }

  /** The {@code js} blocks of a page are one module. */
  @Test
  void scriptsOfThePagesCanBeParsed() throws Exception {
    assumeTrue(PhoneKitTest.hasNode(), "SKIPPED: the guides' scripts need Node");
    int blocks = 0;
    try (Stream<Path> pages = Files.list(Path.of("docs"))) {
      for (Path page : pages.filter(p -> p.toString().endsWith(".md")).toList()) {
        List<String> scripts = Guide.of(Files.readString(page)).blocks("js");
        blocks += scripts.size();
        assertThat(isModule(String.join("\n", scripts))).as(page.toString()).isTrue();
      }
    }
    assertThat(blocks).isGreaterThan(1);
    assertThat(isModule("const one = await (1;")).isFalse();
  }

  private boolean isModule(String text) throws Exception {
    Path file = Files.writeString(directory.resolve("guide.mjs"), text);
    return new ProcessBuilder("node", "--check", file.toString()).start().waitFor() == 0;
  }

  private static String read(String page) {
    try {
      return Files.readString(Path.of(page));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
