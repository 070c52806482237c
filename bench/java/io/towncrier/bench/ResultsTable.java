package io.towncrier.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Everything that was measured in this run, as a table: on the screen, and for docs/results.md. */
final class ResultsTable {
  private static final Path FILE = Path.of("target/bench/results.md");

  private ResultsTable() {}

  public static void main(String... args) throws IOException {
    List<String[]> figures = Figures.all();
    List<String> lines = new ArrayList<>();
    lines.add("## " + (args.length > 0 ? args[0] : "Update decisions"));
    lines.add("");
    lines.add(
        "%s, %d cores, JDK %s; one run of `%s`, ratios within it."
            .formatted(
                LocalDate.now(ZoneOffset.UTC),
                Runtime.getRuntime().availableProcessors(),
                Runtime.version().feature(),
                args.length > 1 ? args[1] : "bench/run"));
    lines.add("");
    lines.add("| What | Measured | Bound | |");
    lines.add("|---|---|---|---|");
    figures.forEach(row -> lines.add("| " + String.join(" | ", row) + " |"));
    Files.write(FILE, lines);
    System.out.println();
    lines.forEach(System.out::println);
    if (figures.stream().anyMatch(row -> row[3].equals("MISSED"))) {
      System.exit(1);
    }
  }
}
