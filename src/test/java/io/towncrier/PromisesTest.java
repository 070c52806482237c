package io.towncrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** docs/promises.md has each promise, and names tests that there are. */
@Tag("zoneless")
class PromisesTest {
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\| .+ \\|$");
  private static final Pattern NAMED = Pattern.compile("`(\\w+(?:Test|IT))(?:\\.(\\w+))?`");

  @Test
  void thereAreElevenPromisesAndTheirTestsExist() throws IOException {
    String page = Files.readString(Path.of("docs", "promises.md"));
    assertThat(ROW.matcher(page).results().map(row -> row.group(1)))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, 11).mapToObj(String::valueOf).toList());
    assertThat(NAMED.matcher(page).results()).hasSizeGreaterThan(20);
    assertThat(missing(page)).isEmpty();
  }

  @Test
  void aTestThatIsGoneIsCaught() throws IOException {
    assertThat(missing("`GoneTest`, `PromisesTest`, `PromisesTest.neverWritten`"))
        .containsExactly("GoneTest", "PromisesTest.neverWritten");
  }

  private static List<String> missing(String page) throws IOException {
    Map<String, String> tests = new TreeMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/test/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  // Features may have tests of the same name.
                  tests.merge(
                      file.getFileName().toString().replace(".java", ""),
                      read(file),
                      String::concat));
    }
    List<String> missing = new ArrayList<>();
    for (MatchResult named : NAMED.matcher(page).results().toList()) {
      String source = tests.get(named.group(1));
      String method = named.group(2);
      if (source == null || (method != null && !source.contains("void " + method + "("))) {
        missing.add(named.group(1) + (method == null ? "" : "." + method));
      }
    }
    return missing;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
