package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What pages say of other pages holds: answers to tasks, and figures that were measured. */
@Tag("zoneless")
class PagesTest {
  private static final Path DOCS = Path.of("docs");
  private static final Path SOURCES = Path.of("src/main/java/io/towncrier");
  private static final Pattern TYPE = Pattern.compile("`((?:[a-z0-9]+\\.)+[A-Z]\\w*)[.\\w]*`");
  private static final Pattern TASK =
      Pattern.compile(
          "(?m)^\\| (\\d+) \\| (.+?) \\| \\[[^\\]]+\\]\\(([^)#]+)[^)]*\\) \\| (.+) \\|$");
  private static final Pattern ENTRY = Pattern.compile("(?m)^- \\*\\*(.+?)\\*\\*");
  private static final Pattern ELSEWHERE = Pattern.compile("(?m)^\\| ([^|]+) \\| [^|]+ \\|$");
  private static final Pattern MEASURED_ROW =
      Pattern.compile("(?m)^\\| [^|]+ \\| ([^|]+) \\| measured([^|]*) \\|$");
  private static final Pattern MEASURED = Pattern.compile("measured (?:over )?(\\d[\\d,.]*\\d)");
  private static final Pattern NUMBER = Pattern.compile("\\d[\\d,.]*\\d");

  // Of the table of packages: the first cell, and what it says to ask in the package.
  private static final Pattern PACKAGE_ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|(.+)$");
  private static final Pattern BELOW = Pattern.compile("`((?:[a-z]+/)*[A-Z]\\w*|[a-z]+)`");

  @TempDir Path copies;

  @Test
  void tasksHaveTheirAnswers() throws IOException {
    String tasks = Files.readString(DOCS.resolve("tasks.md"));
    assertThat(TASK.matcher(tasks).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(numbers(54));
    assertThat(unanswered(tasks)).isEmpty();
  }

  @Test
  void aTaskWhoseAnswerIsGoneIsCaught() throws IOException {
    assertThat(
            unanswered(
                """
                | 1 | Fly | [operators.md](operators.md) | press the green button |
                | 2 | Walk | [gone.md](gone.md) | left, right |
                """))
        .containsExactly("1 Fly", "2 Walk");
  }

  @Test
  void whatIsKnownElsewhereStandsInTheGlossary() throws IOException {
    String glossary = Files.readString(DOCS.resolve("glossary.md"));
    assertThat(withoutEntry(glossary)).isEmpty();
    assertThat(withoutEntry(glossary + "| gate, no word of ours | elsewhere |\n"))
        .containsExactly("no word of ours");
  }

  @Test
  void measuredFiguresAreThoseOfTheResults() throws IOException {
    assertThat(strangeFigures(DOCS.resolve("scale.md"))).isEmpty();
  }

  @Test
  void aFigureThatTheResultsDoNotHaveIsCaught() throws IOException {
    String page = Files.readString(DOCS.resolve("scale.md"));
    Path copy = Files.writeString(copies.resolve("scale.md"), page.replace("7,723", "7,724"));
    assertThat(strangeFigures(copy)).contains("7,724");
  }

  @Test
  void theVersionIsTheSameEverywhere() throws IOException {
    Matcher built =
        Pattern.compile("<version>([^<]+)</version>").matcher(Files.readString(Path.of("pom.xml")));
    assertThat(built.find()).isTrue();
    String version = built.group(1);
    assertThat(Files.readString(Path.of("README.md"))).contains("Version " + version);
    assertThat(Files.readString(Path.of("CHANGELOG.md"))).contains("\n## [" + version + "] - ");
    assertThat(Files.readString(Path.of("infra/pom.xml")))
        .contains("<version>" + version + "</version>");
  }

  @Test
  void typesStandWhereThePagesSay() throws IOException {
    List<String> misplaced = new ArrayList<>();
    try (Stream<Path> pages = Files.walk(DOCS)) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".md")).toList()) {
        misplaced(Files.readString(page)).forEach(type -> misplaced.add(page + ": " + type));
      }
    }
    assertThat(misplaced).isEmpty();
  }

  @Test
  void aTypeThatHasMovedIsCaught() {
    assertThat(misplaced("`updates.Snapshot`, `updates.snapshots.Snapshot`, `other.Snapshot`"))
        .containsExactly("updates.Snapshot");
  }

  @Test
  void whatTheTableOfPackagesSaysToAskIsThere() throws IOException {
    assertThat(moved(Files.readString(DOCS.resolve("architecture.md")))).isEmpty();
    assertThat(
            moved(
                """
                | `devices` | secrets | no address? `ChangePushAddress`; how? `enrolment` |
                | `devices` | secrets | no address? `address/ChangePushAddress`; how? `address` |
                """))
        .containsExactly("devices/ChangePushAddress", "devices/enrolment");
  }

  /** Types and packages that a row of the table names and that its package does not hold. */
  private static List<String> moved(String page) {
    List<String> moved = new ArrayList<>();
    Matcher rows = PACKAGE_ROW.matcher(page);
    while (rows.find()) {
      Path within = SOURCES.resolve(rows.group(1));
      BELOW
          .matcher(rows.group(2))
          .results()
          .map(named -> named.group(1))
          .filter(named -> !Files.exists(within.resolve(named + ".java")))
          .filter(named -> !Files.isDirectory(within.resolve(named)))
          .forEach(named -> moved.add(rows.group(1) + "/" + named));
    }
    return moved;
  }

  /** Types of ours that a page names with a package of ours that does not hold them. */
  private static List<String> misplaced(String page) {
    return TYPE.matcher(page)
        .results()
        .map(found -> found.group(1))
        .filter(type -> Files.isDirectory(SOURCES.resolve(type.replaceAll("\\..*", ""))))
        .filter(type -> !Files.exists(SOURCES.resolve(type.replace('.', '/') + ".java")))
        .toList();
  }

  @Test
  void noEntryOfTheChangelogStandsTwice() throws IOException {
    String changelog = Files.readString(Path.of("CHANGELOG.md"));
    assertThat(entriesThatStandTwice(changelog)).isEmpty();
    String entry = "- JSON bodies over 64 KiB, and imports over 32 MiB, are refused.\n";
    assertThat(entriesThatStandTwice(changelog.replace("- Of the groups in", entry + "- Of the")))
        .hasSize(1);
  }

  /** By their first words: what an entry is about. */
  private static List<String> entriesThatStandTwice(String changelog) {
    List<String> twice = new ArrayList<>();
    for (String section : changelog.split("(?m)^##+ ")) {
      Set<String> seen = new HashSet<>();
      section
          .lines()
          .filter(line -> line.startsWith("- "))
          .map(line -> line.substring(0, Math.min(line.length(), 40)))
          .filter(words -> !seen.add(words))
          .forEach(twice::add);
    }
    return twice;
  }

  private static List<String> numbers(int most) {
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= most; i++) {
      numbers.add(String.valueOf(i));
    }
    return numbers;
  }

  private static List<String> unanswered(String tasks) throws IOException {
    List<String> unanswered = new ArrayList<>();
    Matcher rows = TASK.matcher(tasks);
    while (rows.find()) {
      Path page = DOCS.resolve(rows.group(3));
      if (!Files.exists(page) || !flat(Files.readString(page)).contains(flat(rows.group(4)))) {
        unanswered.add(rows.group(1) + " " + rows.group(2));
      }
    }
    return unanswered;
  }

  /** Terms of the table at the glossary's end that have no entry in it. */
  private static List<String> withoutEntry(String glossary) {
    Set<String> entries =
        ENTRY
            .matcher(glossary)
            .results()
            .flatMap(entry -> Arrays.stream(entry.group(1).split(", ", -1)))
            .collect(Collectors.toSet());
    return ELSEWHERE
        .matcher(glossary)
        .results()
        .flatMap(row -> Arrays.stream(row.group(1).split(", ", -1)))
        .filter(term -> !term.equals("Here") && !term.startsWith("---"))
        .filter(term -> !entries.contains(term))
        .toList();
  }

  /** Lines break anywhere. */
  private static String flat(String text) {
    return text.replaceAll("\\s+", " ");
  }

  /** Numbers that the page calls measured and that docs/results.md does not have. */
  private static List<String> strangeFigures(Path page) throws IOException {
    String text = flat(Files.readString(page).replace(" |\n", " |\u0000")).replace('\u0000', '\n');
    List<String> called = new ArrayList<>();
    MEASURED_ROW
        .matcher(text.replace("\n ", "\n"))
        .results()
        .flatMap(row -> NUMBER.matcher(row.group(1) + " " + row.group(2)).results())
        .forEach(number -> called.add(number.group()));
    MEASURED.matcher(text).results().forEach(number -> called.add(number.group(1)));
    assertThat(called).hasSizeGreaterThan(10);
    List<String> known =
        NUMBER
            .matcher(Files.readString(DOCS.resolve("results.md")))
            .results()
            .map(number -> number.group())
            .toList();
    return called.stream().filter(number -> !known.contains(number)).toList();
  }
}
