package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Migrations run while the version before still serves (docs/adr/0019): they add. What takes
 * something away says which release stopped using it, in a line {@code -- contract: ...}.
 */
class MigrationRulesTest {
  private static final Path MIGRATIONS = Path.of("src/main/resources/db/migration");
  // Those before had no version in production before them.
  private static final int FIRST_HELD = 8;
  private static final Pattern TAKES_AWAY =
      Pattern.compile(
          "\\bdrop (table|column|view)\\b|\\brename\\b|\\bset not null\\b|\\balter column \\w+ type\\b"
              + "|\\badd column \\w+ \\w+ not null(?! default)|\\btruncate\\b|\\bdelete from\\b");

  private static final Pattern CHECK =
      Pattern.compile("ADD CONSTRAINT (\\w+)\\s+CHECK \\(\\w+ IN \\(([^)]*)\\)\\)");

  @Test
  void migrationsAddAndTakeNothingAwayUnlessTheySayWhyTheyMay() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      List<Path> held = files.filter(file -> number(file) >= FIRST_HELD).toList();
      assertThat(held).isNotEmpty();
      for (Path file : held) {
        assertThat(takesAway(Files.readString(file))).as(file.toString()).isFalse();
      }
    }
  }

  @Test
  void whatTheVersionBeforeWouldMissIsCaught() {
    for (String bad :
        List.of(
            "ALTER TABLE device DROP COLUMN country;",
            "DROP TABLE notice;",
            "ALTER TABLE device RENAME COLUMN country TO region;",
            "ALTER TABLE device ALTER COLUMN country TYPE char(2);",
            "ALTER TABLE device ALTER COLUMN country\n  SET NOT NULL;",
            "ALTER TABLE device ADD COLUMN x text NOT NULL;",
            "DELETE FROM device;")) {
      assertThat(takesAway(bad)).as(bad).isTrue();
      assertThat(takesAway("-- contract: 1.4 stopped using it\n" + bad)).isFalse();
    }
    assertThat(takesAway("ALTER TABLE device ADD COLUMN x text NOT NULL DEFAULT '';")).isFalse();
  }

  @Test
  void aCheckThatIsMadeAnewAllowsAllThatItAllowed() throws IOException {
    try (Stream<Path> files = Files.list(MIGRATIONS)) {
      List<String> inOrder = new ArrayList<>();
      for (Path file : files.sorted(Comparator.comparing(MigrationRulesTest::number)).toList()) {
        inOrder.add(Files.readString(file));
      }
      assertThat(forbidden(inOrder)).isEmpty();
    }
  }

  @Test
  void aValueThatIsForbiddenLaterIsCaught() {
    String two = "ALTER TABLE t ADD CONSTRAINT t_axis CHECK (axis IN ('a', 'b')) NOT VALID;";
    String more = "ALTER TABLE t\n  ADD CONSTRAINT t_axis\n    CHECK (axis IN ('a', 'b', 'c'));";
    String other = "ALTER TABLE t ADD CONSTRAINT t_axis CHECK (axis IN ('a', 'c'));";
    assertThat(forbidden(List.of(two, more))).isEmpty();
    assertThat(forbidden(List.of(two, more, other))).containsExactly("t_axis: 'b'");
  }

  /** Values that a check allowed and, made anew by a later migration, does not. */
  private static List<String> forbidden(List<String> inOrder) {
    Map<String, Set<String>> allowed = new HashMap<>();
    List<String> forbidden = new ArrayList<>();
    for (String sql : inOrder) {
      Matcher check = CHECK.matcher(sql);
      while (check.find()) {
        String name = check.group(1);
        Set<String> now = new TreeSet<>(List.of(check.group(2).split("\\s*,\\s*")));
        Set<String> before = Optional.ofNullable(allowed.put(name, now)).orElse(Set.of());
        before.stream()
            .filter(value -> !now.contains(value))
            .forEach(value -> forbidden.add(name + ": " + value));
      }
    }
    return forbidden;
  }

  private static boolean takesAway(String sql) {
    String text = sql.toLowerCase(Locale.ROOT).replaceAll("\\s+", " ");
    return !text.contains("-- contract:") && TAKES_AWAY.matcher(text).find();
  }

  private static int number(Path file) {
    return Integer.parseInt(file.getFileName().toString().replaceAll("^V(\\d+)__.*", "$1"));
  }
}
