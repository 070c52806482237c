package io.towncrier.clients;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the pages print for a shell can be read by the shell that is there: any POSIX one. */
class GuideTest {
  private static final Set<String> BY_HAND = Set.of("deploy-aws.md", "runbook.md");
  private static final String AT_A_COMMAND = "(?m)(?:^|[;&|({]|\\bdo\\b|\\bthen\\b|\\belse\\b)\\s*";

  /** What only bash has; a POSIX shell takes it for a command, or finds it wrong at the run. */
  private static final Pattern BASHISM =
      Pattern.compile(
          AT_A_COMMAND
              + "(?:\\[\\[\\s|\\(\\(|function\\s+\\w"
              + "|(?:source|declare|local|pushd|shopt|let)\\s)"
              + "|<<<|&>|\\|&|(?:^|\\s)[<>]\\("
              + "|(?:^|[\\s=])\\$'"
              + "|(?:^|\\s)\\w+=\\(|\\$\\{\\w+\\["
              + "|\\$\\{!|\\$\\{[\\w@*]+(?::[\\s\\d]|/|\\^|,)"
              + "|\\bpipefail\\b|\\becho -e\\b");

  @Test
  void everyPageIsReadByAPosixShell() throws Exception {
    List<String> fenced = new ArrayList<>();
    List<String> byHand = new ArrayList<>();
    for (Path page : pages()) {
      Guide guide = Guide.of(Files.readString(page));
      assertThat(guide.kinds()).as(page.toString()).doesNotContain("", "bash", "shell", "console");
      fenced.addAll(guide.shell());
      if (BY_HAND.contains(page.getFileName().toString())) {
        byHand.addAll(guide.indented());
      }
    }
    assertThat(fenced).hasSizeGreaterThan(40);
    assertThat(byHand).hasSizeGreaterThan(25);
    for (String block : Stream.concat(fenced.stream(), byHand.stream()).toList()) {
      assertThat(defects(block)).as(block).isEmpty();
    }
  }

  @Test
  void whatOnlyBashUnderstandsIsCaught() throws Exception {
    for (String bad :
        List.of(
            "[[ -e x ]] && echo",
            "if true; then [[ x ]]; fi",
            "cat <<<x",
            "function f { echo; }",
            "source ./env",
            "names=(a b)",
            "echo ${names[1]}",
            "echo $'a\\n'",
            "f() { echo \"${@:2}\"; }",
            "echo ${x/a/b}",
            "diff <(a) <(b)",
            "make &> log",
            "for each in 1 2; echo; done")) {
      assertThat(defects(bad)).as(bad).isNotEmpty();
    }
    for (String good :
        List.of(
            "aws lambda create-function --function-name probe # the function of source",
            "jq '.[] | select(.a == 1)'",
            "echo ${x:-y} ${x%%.*} $((1 + 2))",
            "sed 's/a$/b/' file",
            "aws --query \"Quotas[?contains(Name, 'a')].[Name]\"")) {
      assertThat(defects(good)).as(good).isEmpty();
    }
  }

  @Test
  void aBlockInAListIsRead() {
    Guide guide =
        Guide.of("1. Do:\n\n   ```sh not-tried\n   if a; then\n     b\n   fi\n   ```\n\n2. End.\n");
    assertThat(guide.notTried()).containsExactly("if a; then\n  b\nfi\n");
    assertThat(guide.indented()).isEmpty();
  }

  private static List<Path> pages() throws IOException {
    try (Stream<Path> docs = Files.list(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), docs)
          .filter(page -> page.toString().endsWith(".md"))
          .toList();
    }
  }

  private static String defects(String block) throws IOException {
    Process check = new ProcessBuilder("sh", "-n", "-c", block).redirectErrorStream(true).start();
    String said = new String(check.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    Stream<String> words = BASHISM.matcher(block).results().map(MatchResult::group);
    return Stream.concat(said.lines(), words).collect(joining(", "));
  }
}
