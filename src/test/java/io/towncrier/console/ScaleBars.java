package io.towncrier.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The figures of a run and their bars: a Markdown table that is written line by line. */
final class ScaleBars {
  private final Path file;
  private final List<String> missed = new ArrayList<>();

  /**
   * Begins the table.
   *
   * @param file where it is kept; what a former run has left there goes
   */
  ScaleBars(Path file) throws IOException {
    this.file = file;
    Files.createDirectories(file.getParent());
    Files.deleteIfExists(file);
    line("| What | Bar | Figure | |%n|---|---|---|---|");
  }

  /** A figure that must not be above its bar. */
  void atMost(String what, double bar, double figure, String unit) {
    boolean met = figure <= bar;
    line("| %s | <= %s | %s | %s |", what, of(bar, unit), of(figure, unit), met ? "met" : "MISSED");
    if (!met) {
      missed.add(what + ": " + of(figure, unit) + ", the bar is " + of(bar, unit));
    }
  }

  /** A figure without a bar. */
  void tell(String what, double figure, String unit) {
    line("| %s | | %s | |", what, of(figure, unit));
  }

  /** A part that came to no figure: its bars count as missed. */
  void failed(String part, Throwable why) {
    String reason =
        String.valueOf(why.getMessage()).lines().findFirst().orElse("").replace('|', '/');
    line("| %s | | no figure: %s %s | MISSED |", part, why.getClass().getSimpleName(), reason);
    missed.add(part + ": " + why);
  }

  List<String> missed() {
    return missed;
  }

  private static String of(double figure, String unit) {
    String number = figure == Math.rint(figure) ? "%,.0f" : "%,.2f";
    return (String.format(Locale.ROOT, number, figure) + " " + unit).strip();
  }

  private void line(String format, Object... values) {
    String text = String.format(Locale.ROOT, format, values);
    System.out.println(text);
    try {
      Files.writeString(file, text + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
