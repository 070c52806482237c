package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long and how full our code may get (docs/adr/0041). What is named here may only shrink. */
@Tag("zoneless")
class BudgetsTest {
  private static final int FILE = 400;
  private static final int NINE_OF_TEN_FILES = 200;
  private static final int TEST_FILE = 500;
  private static final int METHOD = 40;
  private static final int PARAMETERS = 6;
  private static final int TYPES = 20;

  private static final Budgets MAIN = Budgets.of(Path.of("src/main/java"));
  private static final Budgets INFRA = Budgets.of(Path.of("infra/src/main/java"));

  @Test
  void filesAreShort() {
    for (Budgets sources : List.of(MAIN, INFRA)) {
      assertThat(Budgets.above(sources.files(), FILE)).isEmpty();
      List<Integer> lengths = sources.files().values().stream().sorted().toList();
      assertThat(lengths.get(lengths.size() * 9 / 10)).isLessThanOrEqualTo(NINE_OF_TEN_FILES);
    }
  }

  @Test
  void methodsAreShort() {
    assertThat(Budgets.above(MAIN.methods(), METHOD)).isEmpty();
    assertThat(Budgets.above(INFRA.methods(), METHOD)).isEmpty();
  }

  @Test
  void constructorsTakeFewParameters() {
    assertThat(Budgets.above(MAIN.constructors(), PARAMETERS)).isEmpty();
    assertThat(Budgets.above(INFRA.constructors(), PARAMETERS)).isEmpty();
  }

  @Test
  void packagesHoldFewTypes() {
    assertThat(Budgets.above(MAIN.packages(), TYPES)).isEmpty();
    assertThat(Budgets.above(INFRA.packages(), TYPES)).isEmpty();
  }

  @Test
  void testFilesAreShort() {
    Set<String> longer = new TreeSet<>();
    for (String tests : List.of("src/test/java", "infra/src/test/java", "bench/java")) {
      longer.addAll(Budgets.above(Budgets.of(Path.of(tests)).files(), TEST_FILE).keySet());
    }
    assertThat(longer).isEmpty();
  }

  @Test
  void eachBudgetBites(@TempDir Path root) throws IOException {
    String method =
        "  void m() {\n" + String.join("\n", Collections.nCopies(METHOD, "    m();")) + "\n  }\n";
    String wide =
        "  T0(%s) {}\n"
            .formatted(
                IntStream.rangeClosed(0, PARAMETERS)
                    .mapToObj(i -> "int p" + i)
                    .collect(Collectors.joining(", ")));
    Path a = Files.createDirectories(root.resolve("a"));
    for (int i = 0; i <= TYPES; i++) {
      Files.writeString(
          a.resolve("T" + i + ".java"),
          "package a;\nclass T%d {\n%s}\n".formatted(i, i == 0 ? method + wide : ""));
    }
    Files.writeString(a.resolve("T1.java"), "// a line\n".repeat(FILE + 1));

    Budgets broken = Budgets.of(root);

    assertThat(Budgets.above(broken.files(), FILE)).containsOnlyKeys("a/T1.java");
    assertThat(Budgets.above(broken.methods(), METHOD)).containsOnlyKeys("T0.m");
    assertThat(Budgets.above(broken.constructors(), PARAMETERS)).containsOnlyKeys("T0");
    assertThat(Budgets.above(broken.packages(), TYPES)).containsOnlyKeys("a");
  }
}
