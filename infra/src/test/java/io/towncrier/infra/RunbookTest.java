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
  private static final List<String> ALARMS =
      List.of("AWS::CloudWatch::Alarm", "AWS::CloudWatch::CompositeAlarm");

  private final Synthesized.Stack eu = Synthesized.cell("eu");
  private final String runbook = text();

  @Test
  void everyAlarmIsExplained() {
    List<Pattern> explained =
        QUOTED
            .matcher(runbook)
            .results()
            .map(quoted -> Pattern.compile(quoted.group(1).replace("...", "[A-Za-z]+")))
            .toList();
    Set<String> unexplained = new TreeSet<>();
    ALARMS.stream()
        .flatMap(type -> eu.all(type).keySet().stream())
        .map(id -> id.replaceAll("^Alarms|[0-9A-F]{8}$", ""))
        .filter(name -> explained.stream().noneMatch(each -> each.matcher(name).matches()))
        .forEach(unexplained::add);
    assertThat(unexplained).isEmpty();
  }

  @Test
  void everythingThatItLooksForIsThereOnce() {
    List<MatchResult> lookups = FOUND_BY.matcher(runbook).results().toList();
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

  // Where a variable follows: each of those that it stands for.
  private static List<String> names(String named) {
    if (!named.endsWith("$")) {
      return List.of(named);
    }
    String prefix = named.substring(0, named.length() - 1);
    return (prefix.equals("Functions")
            ? Stream.of("Api", "Check", "Plan", "Deliver", "Tick", "Migrate")
            : Stream.of("Plan", "Deliver", "Tick"))
        .map(prefix::concat)
        .toList();
  }

  private static String text() {
    try {
      return Files.readString(Path.of("../docs/runbook.md"));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
