package io.towncrier.platform.postgres;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each column that a reader of a {@link Row} names stands in a statement of the same package. A
 * wrong name fails when the row is read; this test finds it without a database.
 */
@Tag("zoneless")
class ColumnNamesTest {
  private static final Path MAIN = Path.of("src/main/java");
  private static final String HERE = "io.towncrier.platform.postgres";

  private static final String READERS =
      Arrays.stream(Row.class.getMethods())
          .filter(method -> !Modifier.isStatic(method.getModifiers()))
          .filter(
              method -> Arrays.equals(method.getParameterTypes(), new Class<?>[] {String.class}))
          .map(method -> method.getName())
          .distinct()
          .collect(joining("|", "\\.(?:", ")\\(\\s*"));

  private static final Pattern READ = Pattern.compile(READERS + "\"(\\w+)\"\\s*\\)");
  private static final Pattern READ_BY_POSITION =
      Pattern.compile(READERS + "(?:\\w+ [+] )?(?:\\d+|\\w+\\.size\\(\\))\\s*\\)");

  // Comments and characters are matched as well, so that a quote in one of them begins no literal.
  private static final Pattern LITERAL =
      Pattern.compile(
          "\"\"\"(?<block>.*?)\"\"\"|\"(?<line>(?:[^\"\\\\\n]|\\\\.)*)\"|'(?:\\\\.|[^'\\\\])'"
              + "|//[^\n]*|/\\*.*?\\*/",
          Pattern.DOTALL);

  private record Source(String inPackage, String file, String text) {}

  @Test
  void everyNameIsTheNameOfAColumnInAStatementOfItsPackage() {
    List<Source> sources = sources();

    assertThat(sources.stream().flatMap(ColumnNamesTest::reads)).contains("notice_id", "count");
    assertThat(unknown(sources)).isEmpty();
  }

  @Test
  void noColumnIsReadByItsPosition() {
    assertThat(byPosition(sources())).isEmpty();
  }

  @Test
  void aWrongNameIsFound() {
    Source statement =
        new Source(
            "a.postgres",
            "Sql.java",
            """
            /* thing.commented "SELECT thing.quoted" */
            String SQL = \"""
                SELECT thing.device_id, thing.kind_of, count(*), max(thing.at) AS newest
                FROM thing WHERE thing.state = 'DEAD' \""" + " RETURNING last";
            String PERIOD = "deliveries";
            """);
    Source reader =
        new Source(
            "a.postgres",
            "Reader.java",
            """
            import io.towncrier.platform.postgres.Row;
            row.text("device_id") + row.instant("newest") + row.text("last");
            row.text("kind");
            row.number(
                "count");
            row.text("DEAD");
            row.flag("commented");
            row.flag("quoted");
            row.number("deliveries");
            row.text("elsewhere");
            """);
    Source other = new Source("b.postgres", "Sql.java", "String SQL = \"SELECT thing.elsewhere\";");

    assertThat(unknown(List.of(statement, reader, other)))
        .containsExactly(
            "Reader.java: kind",
            "Reader.java: count",
            "Reader.java: DEAD",
            "Reader.java: commented",
            "Reader.java: quoted",
            "Reader.java: deliveries",
            "Reader.java: elsewhere");
  }

  @Test
  void aPositionIsFound() {
    Source reader =
        new Source(
            "a.postgres",
            "Reader.java",
            """
            row.text(0) + row.optionalInstant("at") + names.get(1) + row.flag(from + 2);
            device
                .optionalNumber(
                    14);
            """);

    assertThat(byPosition(List.of(reader))).containsExactly("Reader.java: 3");
  }

  private static List<String> unknown(List<Source> sources) {
    Map<String, String> statements = new TreeMap<>();
    sources.forEach(source -> statements.merge(source.inPackage(), texts(source), String::concat));
    List<String> unknown = new ArrayList<>();
    for (Source source : sources) {
      // This package has the statements that several packages share.
      String own = statements.get(source.inPackage()) + statements.getOrDefault(HERE, "");
      reads(source)
          .distinct()
          .filter(name -> !column(name).matcher(own).find())
          .map(name -> source.file() + ": " + name)
          .forEach(unknown::add);
    }
    return unknown;
  }

  /** A whole word, and neither a function nor a quoted value. */
  private static Pattern column(String name) {
    return Pattern.compile("(?<![\\w'])" + name + "(?![\\w'(])");
  }

  private static List<String> byPosition(List<Source> sources) {
    return sources.stream()
        .filter(source -> READ_BY_POSITION.matcher(source.text()).find())
        .map(s -> s.file() + ": " + READ_BY_POSITION.matcher(s.text()).results().count())
        .toList();
  }

  private static Stream<String> reads(Source source) {
    // Elsewhere other types, such as readers of JSON, have methods of the same names.
    return source.inPackage().equals(HERE) || source.text().contains("import " + HERE + ".")
        ? READ.matcher(source.text()).results().map(read -> read.group(1))
        : Stream.empty();
  }

  /** The literals of more than one word: the names that readers give are not among them. */
  private static String texts(Source source) {
    return LITERAL
        .matcher(source.text())
        .results()
        .map(ColumnNamesTest::literal)
        .filter(text -> text.contains(" "))
        .collect(joining("\n"));
  }

  private static String literal(MatchResult found) {
    String block = found.group(1);
    String line = found.group(2);
    return block != null ? block : line != null ? line : "";
  }

  private static List<Source> sources() {
    try (Stream<Path> files = Files.walk(MAIN)) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .sorted()
          .map(ColumnNamesTest::source)
          .toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static Source source(Path file) {
    try {
      Path place = MAIN.relativize(file);
      return new Source(
          place.getParent().toString().replace('/', '.'), place.toString(), Files.readString(file));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
