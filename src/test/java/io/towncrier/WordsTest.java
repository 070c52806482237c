package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words that slow readers down stand neither in pages, nor in the contract, nor in the sources. */
@Tag("zoneless")
class WordsTest {
  private static final Pattern BANNED =
      Pattern.compile("\\b(whoever|whomever|told\\s+of|it\\s+is\\s+so\\s+that)\\b");

  /** Former names of types (docs/adr/0041): a private word for what has a common one. */
  private static final Set<String> BANNED_TYPES =
      Set.of(
          "Deed",
          "Wish",
          "Marks",
          "Aside",
          "Bell",
          "Minute",
          "UnderWay",
          "Sending",
          "Carrier",
          "FleetWalk",
          "WayChecks");

  private static final List<Path> ROOTS =
      List.of(
          Path.of("README.md"),
          Path.of("CHANGELOG.md"),
          Path.of("docs"),
          Path.of("api/openapi.yaml"),
          Path.of("clients"),
          Path.of("infra/README.md"),
          Path.of("infra/src/main"),
          Path.of("infra/database"),
          Path.of("bench/README.md"),
          Path.of("src/main"));

  /** Migrations that have run are not changed. */
  private static final Set<String> UNCHANGEABLE = Set.of("src/main/resources/db/migration");

  @TempDir Path copies;

  @Test
  void noBannedWordIsUsed() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path root : ROOTS) {
      found.addAll(banned(root));
    }
    assertThat(found).isEmpty();
  }

  @Test
  void noTypeHasAPrivateNameAgain() throws IOException {
    assertThat(ImportedClasses.OURS.stream().filter(c -> BANNED_TYPES.contains(c.getSimpleName())))
        .isEmpty();
    try (Stream<Path> templates = Files.walk(Path.of("infra/src/main"))) {
      assertThat(templates.map(file -> file.getFileName().toString().replace(".java", "")))
          .doesNotContainAnyElementsOf(BANNED_TYPES);
    }
  }

  @Test
  void aBannedWordIsCaughtAcrossLinesToo() throws IOException {
    Files.writeString(copies.resolve("page.md"), "Whoever reads this.\nA device is told\nof it.\n");
    Files.writeString(copies.resolve("Type.java"), "/** What people are told\n * of. */\n");
    assertThat(banned(copies)).hasSize(3);
  }

  private static List<String> banned(Path root) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(WordsTest::isRead).sorted().toList()) {
        String text = Files.readString(file).replaceAll("\n\\s*(\\*|//|#)?\\s*", " ");
        Matcher words = BANNED.matcher(text.toLowerCase(Locale.ROOT));
        while (words.find()) {
          found.add(file + ": " + words.group());
        }
      }
    }
    return found;
  }

  private static boolean isRead(Path file) {
    String name = file.toString().replace('\\', '/');
    return name.matches(".*(\\.(md|java|js|ts|yaml|properties|html|sql|json)|/towncrier-update)")
        && UNCHANGEABLE.stream().noneMatch(name::startsWith);
  }
}
