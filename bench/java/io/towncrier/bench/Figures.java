package io.towncrier.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/** What was measured, one line a figure, kept for the table until all parts are done. */
final class Figures {
  private static final Path FILE = Path.of("target/bench/figures.tsv");

  private Figures() {}

  /** A figure that must not be more than a bound. */
  static void atMost(String what, double figure, double bound, String unit) {
    add(what, figure, "at most", bound, unit, figure <= bound);
  }

  /** A figure that must not be less than a bound. */
  static void atLeast(String what, double figure, double bound, String unit) {
    add(what, figure, "at least", bound, unit, figure >= bound);
  }

  /** A figure for the reader alone. */
  static void note(String what, String figure) {
    write(String.join("\t", what, figure, "", ""));
  }

  private static void add(
      String what, double figure, String direction, double bound, String unit, boolean met) {
    write(
        String.join(
            "\t",
            what,
            number(figure) + " " + unit,
            direction + " " + number(bound) + " " + unit,
            met ? "met" : "MISSED"));
  }

  static String number(double figure) {
    if (figure == Math.rint(figure) || Math.abs(figure) >= 1000) {
      return String.format(Locale.ROOT, "%,.0f", figure);
    }
    return String.format(Locale.ROOT, Math.abs(figure) >= 100 ? "%.0f" : "%.2f", figure);
  }

  private static void write(String line) {
    System.out.println("  " + line.replace("\t", " | "));
    try {
      Files.createDirectories(FILE.getParent());
      Files.writeString(FILE, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static List<String[]> all() throws IOException {
    return Files.readAllLines(FILE).stream().map(line -> line.split("\t", -1)).toList();
  }
}
