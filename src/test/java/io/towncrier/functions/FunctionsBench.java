package io.towncrier.functions;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.FunctionPackage;
import io.towncrier.testing.FunctionProcess;
import io.towncrier.testing.LoopbackCell;
import io.towncrier.testing.LoopbackGateway;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the functions cost to start and to call, beside a function of Quarkus that does nothing;
 * both under AWS's runtime client, in turns. Run by bench/functions.
 */
@Tag("bench")
class FunctionsBench {
  private static final int STARTS = Integer.getInteger("starts", 7);
  private static final int WARM_UP = 3_000;
  private static final int WARM = 3_000;
  private static final double CLOCK_TICKS = 100; // USER_HZ of Linux
  private static final Path REPORT = Path.of("target", "functions.md");
  private static final String EVENT =
      """
      {"product":"towncrier_ax3000","version":"1.2.0","country":"DE","timezone":"Europe/Berlin","language":"de"}
      """;
  private static final String REQUEST =
      LoopbackGateway.event(
              "GET",
              "/v1/products/towncrier_ax3000/update",
              "version=1.2.0&country=DE&timezone=Europe/Berlin&language=de",
              Map.of(),
              null)
          .toString();
  private static final String EMPTY =
      "io.quarkus.amazon.lambda.runtime.QuarkusStreamHandler::handleRequest";

  private static LoopbackCell cell;
  private static Path empty;

  @BeforeAll
  static void build() throws Exception {
    cell = LoopbackCell.shared();
    cell.publishSample();
    empty = FunctionPackage.unpack(Path.of(System.getProperty("empty.zip")));
  }

  @Test
  void startsAndCalls() throws Exception {
    Figures none = new Figures();
    Figures check = new Figures();
    Figures restored = new Figures();
    Figures api = new Figures();
    for (int i = 0; i < STARTS; i++) {
      measure(none, () -> new FunctionProcess(empty, EMPTY, cell.environment()), i == 0);
      measure(
          check, () -> cell.start(FunctionPackage.CHECK, LoopbackCell.withoutDatabase()), i == 0);
      measure(restored, FunctionsBench::restored, i == 0);
      measure(api, () -> cell.start(FunctionPackage.API), i == 0, REQUEST);
    }
    String report =
        "| function | init, CPU s | of the empty one's | first request, ms | warm p50, ms | warm p99,"
            + " ms | peak memory, MB |\n|---|---|---|---|---|---|---|\n"
            + row("empty", none, none)
            + row("check", check, none)
            + row("check, restored from a snapshot", restored, none)
            + row("api, a check by HTTP", api, none)
            + "\nfunction.zip: %.1f MB\n".formatted(Files.size(FunctionPackage.zip()) / 1e6);
    Files.writeString(REPORT, report);
    System.out.println(report);
    assertThat(check.init() / none.init()).as("init of the empty one's").isLessThanOrEqualTo(1.5);
    assertThat(check.warm(0.5) - none.warm(0.5)).as("warm p50, ms more").isLessThanOrEqualTo(1);
    assertThat(check.peak).as("peak memory, MB").isLessThanOrEqualTo(256);
  }

  private static FunctionProcess restored() throws Exception {
    Map<String, String> environment = new HashMap<>(LoopbackCell.withoutDatabase());
    environment.put("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start");
    return cell.start(FunctionPackage.CHECK, environment);
  }

  private static void measure(Figures figures, Starter starter, boolean warm) throws Exception {
    measure(figures, starter, warm, EVENT);
  }

  private static void measure(Figures figures, Starter starter, boolean warm, String event)
      throws Exception {
    try (FunctionProcess function = starter.start()) {
      figures.inits.add(cpuSeconds(function.pid()));
      function.restoreIfStopped();
      long asked = System.nanoTime();
      String answer = function.invoke(event);
      figures.firsts.add((System.nanoTime() - asked) / 1e6);
      assertThat(answer).doesNotStartWith("error");
      if (warm) {
        for (int i = 0; i < WARM_UP; i++) {
          function.invoke(event);
        }
        figures.warm = new double[WARM];
        for (int i = 0; i < WARM; i++) {
          long began = System.nanoTime();
          function.invoke(event);
          figures.warm[i] = (System.nanoTime() - began) / 1e6;
        }
        Arrays.sort(figures.warm);
      }
      figures.peak = Math.max(figures.peak, peakMegabytes(function.pid()));
    }
  }

  private static String row(String name, Figures figures, Figures none) {
    return String.format(
        Locale.ROOT,
        "| %s | %.2f | %.2f | %s | %s | %s | %.0f |%n",
        name,
        figures.init(),
        figures.init() / none.init(),
        figures.firsts.isEmpty() ? "" : "%.0f".formatted(median(figures.firsts)),
        figures.warm.length == 0 ? "" : "%.2f".formatted(figures.warm(0.5)),
        figures.warm.length == 0 ? "" : "%.2f".formatted(figures.warm(0.99)),
        figures.peak);
  }

  /** proc(5): fields 14 and 15 of stat, counted from 1. */
  private static double cpuSeconds(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / CLOCK_TICKS;
  }

  /** proc(5): VmHWM of status. */
  private static double peakMegabytes(long pid) throws Exception {
    return Files.readAllLines(Path.of("/proc", Long.toString(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElseThrow();
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private interface Starter {
    FunctionProcess start() throws Exception;
  }

  private static final class Figures {
    private final List<Double> inits = new ArrayList<>();
    private final List<Double> firsts = new ArrayList<>();
    private double[] warm = {};
    private double peak;

    double init() {
      return median(inits);
    }

    double warm(double quantile) {
      return warm[(int) (quantile * (warm.length - 1))];
    }
  }
}
