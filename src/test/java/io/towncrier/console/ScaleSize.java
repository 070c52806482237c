package io.towncrier.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How much of the console there is to maintain, and how much of it is in a package. */
final class ScaleSize {
  private static final Path FOLDER = Path.of("src/main/resources/console");
  private static final Pattern WEB_JAR =
      Pattern.compile(
          "<groupId>org\\.(?:webjars[\\w.]*|mvnpm[\\w.]*)</groupId>\\s*<artifactId>([^<]+)");

  private final ScaleBars bars;

  ScaleSize(ScaleBars bars) {
    this.bars = bars;
  }

  void measure() throws IOException {
    List<Path> scripts = files(".js");
    List<Path> styles = files(".css");
    // At first 6,000, for fewer pages (docs/adr/0057).
    bars.atMost("lines of scripts", 7_800, lines(scripts), "");
    bars.tell("lines of styles", lines(styles), "");
    bars.atMost(
        "lines of the longest file",
        300,
        Stream.concat(scripts.stream(), styles.stream())
            .mapToLong(ScaleSize::lines)
            .max()
            .orElse(0),
        "");
    bars.atMost("web jars", 2, webJars(), "");
    bars.atMost("npm packages", 0, files("package.json").size(), "");
    bars.atMost("added to a package", 250_000, packed(), "B");
  }

  private static long webJars() throws IOException {
    return WEB_JAR
        .matcher(Files.readString(Path.of("pom.xml")))
        .results()
        .map((MatchResult found) -> found.group(1))
        .distinct()
        .count();
  }

  /** As a package compresses them. */
  private static long packed() throws IOException {
    ConsoleFiles files = ConsoleFiles.read();
    long bytes = Files.size(FOLDER.resolve("page.html"));
    for (String name : Files.readAllLines(FOLDER.resolve("files.txt"))) {
      ConsoleFiles.File file = files.find(name).orElseThrow();
      bytes += file.gzipped().orElse(file.bytes()).length;
    }
    return bytes;
  }

  private static List<Path> files(String ending) throws IOException {
    try (Stream<Path> all = Files.walk(FOLDER)) {
      return all.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static long lines(List<Path> files) {
    return files.stream().mapToLong(ScaleSize::lines).sum();
  }

  private static long lines(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.count();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
