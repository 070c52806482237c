package io.towncrier.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The runbook knows every alarm, and finds what it names. */
final class RunbookTest {
  // `TickSilent`, or `...Slow` for several.
  private static final Pattern QUOTED = Pattern.compile("`([A-Za-z0-9.]+)`");
  private static final Pattern FOUND_BY = Pattern.compile("res (AWS::[A-Za-z:]+) ([A-Za-z]+\\$?)");
  private static final Pattern OUTPUT = Pattern.compile("\\bout ([A-Z][A-Za-z]+)");
  private static final List<String> ALARMS =
      List.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm");

  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final String runbook = text("../docs/runbook.md");
  private final String firstDay = text("../docs/deploy-aws.md");

  @Test
  void everyAlarmIsExplained() {
    List<Pattern> explained =
        QUOTED
            .matcher(runbook)
            .results()
            .map(quoted -> Pattern.compile(quoted.group(1).replace("...", "[A-Za-z]+")))
            .toList();
    Set<String> unexplained = new TreeSet<>();
    Stream.of(eu, Synthesized.home("eu"))
        .flatMap(stack -> ALARMS.stream().flatMap(type -> stack.all(type).keySet().stream()))
        .map(id -> id.replaceAll("^Alarms|^Refusals|[0-9A-F]{8}$", ""))
        .filter(name -> explained.stream().noneMatch(each -> each.matcher(name).matches()))
        .forEach(unexplained::add);
    assertThat(unexplained).isEmpty();
  }

  @Test
  void noAlarmIsExplainedTwice() {
    assertThat(explainedTwice(runbook)).isEmpty();
    String row = "| `TickSilent` | another threshold | another advice |\n";
    assertThat(explainedTwice(runbook.replaceFirst("(?m)^(?=\\| `TickWaits`)", row)))
        .containsExactly("TickSilent");
  }

  private static Set<String> explainedTwice(String page) {
    Set<String> seen = new TreeSet<>();
    Set<String> twice = new TreeSet<>();
    page.substring(page.indexOf("| Alarm | What it means"))
        .lines()
        .takeWhile(line -> line.startsWith("|"))
        .map(line -> line.split("\\|", 3)[1])
        .flatMap(names -> QUOTED.matcher(names).results())
        .map(quoted -> quoted.group(1))
        .filter(name -> !name.startsWith("...") && !seen.add(name))
        .forEach(twice::add);
    return twice;
  }

  /** As every list of the contract has it. */
  @Test
  void aListThatItShowsHasItems() {
    Pattern list = Pattern.compile("op GET [^#\\n]*# \\{\"(\\w+)\":\\[");
    assertThat(list.matcher(runbook + firstDay).results().map(found -> found.group(1)).toList())
        .isNotEmpty()
        .containsOnly("items");
  }

  /** Each release brings more of them. */
  @Test
  void noPageSaysHowManyMigrationsThereAre() {
    assertThat(runbook + firstDay)
        .contains("{\"migrations\":n,\"sender\":true}")
        .doesNotContainPattern("\"migrations\":\\d");
  }

  @Test
  void everythingThatItLooksForIsThereOnce() {
    List<MatchResult> lookups = FOUND_BY.matcher(runbook + firstDay).results().toList();
    assertThat(lookups).hasSizeGreaterThan(3);
    for (MatchResult lookup : lookups) {
      for (String name : names(lookup.group(2))) {
        assertThat(
                eu.all(lookup.group(1)).keySet().stream().filter(id -> id.startsWith(name)).count())
            .as(lookup.group(1) + " " + name)
            .isEqualTo(1);
      }
    }
  }

  @Test
  void everyOutputThatItAsksForIsThere() {
    Set<String> asked = new TreeSet<>();
    OUTPUT.matcher(runbook + firstDay).results().forEach(found -> asked.add(found.group(1)));
    assertThat(asked)
        .contains("MigrateFunction", "DatabaseEndpoint", "DatabaseAdminSecret", "OperatorsGroup");
    assertThat(eu.root().path("Outputs").fieldNames()).toIterable().containsAll(asked);
  }

  @Test
  void aFunctionIsInvokedInOneWayThatFailsWhenTheFunctionFails() {
    assertThat((runbook + firstDay).lines().filter(line -> line.contains("lambda invoke")).toList())
        .singleElement()
        .asString()
        .contains("call()", "--cli-binary-format raw-in-base64-out");
    assertThat(runbook).contains("has(\"FunctionError\") | not");
  }

  @Test
  void theFirstDayHasItsOrderAndSaysOfEachStepWhetherItWasTried() {
    List<String> steps = firstDay.lines().filter(line -> line.startsWith("## ")).toList();
    assertThat(steps).hasSize(10);
    for (int step = 1; step <= steps.size(); step++) {
      assertThat(steps.get(step - 1)).startsWith("## " + step + ". ");
    }
    assertThat(steps)
        .extracting(step -> step.replaceAll("^## [0-9]+\\. | ?\\(.*", ""))
        .containsExactly(
            "Ask first",
            "Settings and package",
            "Home, then the cell",
            "The three users of the database",
            "Secrets",
            "Schema",
            "Open",
            "Publish, and ask in every way",
            "DNS",
            "Restore once, before there is anybody");
    for (String part : firstDay.split("\n## ", -1)) {
      assertThat(part).containsAnyOf("tried", "Point the domain");
    }
  }

  // Where a variable follows: each of those that it stands for.
  private static List<String> names(String named) {
    if (!named.endsWith("$")) {
      return List.of(named);
    }
    String prefix = named.substring(0, named.length() - 1);
    return (prefix.equals("Functions")
            ? Stream.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")
            : prefix.equals("Secrets")
                ? Stream.of("MasterKey", "SnapshotSigningKey", "FcmCredentials", "ConsoleClient")
                : Stream.of("Plan", "Deliver", "Tick"))
        .map(prefix::concat)
        .toList();
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
