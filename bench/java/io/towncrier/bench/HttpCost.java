package io.towncrier.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;

/**
 * What a check costs over HTTP, against the smallest JSON answer of the same server; what 40,000
 * releases cost against 40; and what a publication each second does to those who check.
 */
final class HttpCost {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> ABOUT = List.of("/v1/about");
  private static final int ROUNDS = Integer.getInteger("rounds", 5);
  private static final int MOST_WARM_UPS = 5;
  private static final int SECONDS = Integer.getInteger("seconds", 6);

  // Routers have cohorts of their own: few answers are made for two of them.
  private static final int CLIENTS = 10_000;

  // The usual time until the next check is six hours and a tenth to either side of them.
  private static final long USUAL_SECONDS = 19_000;

  private final BenchServer large;
  private final List<String> checks;

  private HttpCost(BenchServer large, List<GeneratedClients.Client> clients) {
    this.large = large;
    this.checks = clients.stream().map(GeneratedClients.Client::path).toList();
  }

  public static void main(String... args) throws Exception {
    Instant now = Instant.now();
    GeneratedCatalogue catalogue = GeneratedCatalogue.of(100, 20, now);
    List<String> parts =
        args.length == 0 ? List.of("ratios", "publish", "flat") : Arrays.asList(args);
    try (BenchServer server = BenchServer.start(BenchServer.newDirectory())) {
      long start = System.nanoTime();
      server.load(catalogue);
      System.out.printf(
          "  (40,000 releases imported in %.1f s)%n", (System.nanoTime() - start) / 1e9);
      HttpCost cost = new HttpCost(server, GeneratedClients.of(catalogue, CLIENTS));
      for (String part : parts) {
        switch (part) {
          case "ratios" -> cost.ratios();
          case "publish" -> cost.publications(catalogue);
          case "flat" -> cost.flat(now);
          default -> throw new IllegalArgumentException("no such part: " + part);
        }
      }
    }
  }

  private void ratios() throws Exception {
    List<Map<String, Wrk.Run>> rounds = new ArrayList<>();
    try (BareServer bare = BareServer.start(large, checks)) {
      warmUp(large.port(), ABOUT);
      warmUp(large.port(), checks);
      warmUp(large.port(), idle());
      warmUp(bare.port(), checks);
      warmUp(bare.port(), idle());
      for (int i = 0; i < ROUNDS; i++) {
        List<String> idle = idle();
        Map<String, Wrk.Run> round = new TreeMap<>();
        round.put("about", Wrk.run(large.port(), ABOUT, SECONDS));
        round.put("check", Wrk.run(large.port(), checks, SECONDS));
        round.put("bare check", Wrk.run(bare.port(), checks, SECONDS));
        round.put("304", Wrk.run(large.port(), idle, SECONDS));
        round.put("bare 304", Wrk.run(bare.port(), idle, SECONDS));
        tell(round);
        rounds.add(round);
      }
    }
    againstBare(rounds);
    Figures.note("GET /v1/about", told(rounds, "about"));
    Figures.note("check, 200", told(rounds, "check"));
    Figures.note("check, 304", told(rounds, "304"));
    Figures.atLeast(
        "check against about",
        100 * ratio(rounds, "check", "about", Wrk.Run::perSecond),
        80,
        "% of the requests/s");
    Figures.atLeast(
        "304 against about",
        100 * ratio(rounds, "304", "about", Wrk.Run::perSecond),
        95,
        "% of the requests/s");
    Figures.atMost(
        "p99 of a check", ratio(rounds, "check", "about", Wrk.Run::p99Micros), 2, "x about's");
    Figures.atMost(
        "p99 of a 304", ratio(rounds, "304", "about", Wrk.Run::p99Micros), 2, "x about's");
  }

  /** What the decision, the reading of facts and Quarkus cost, beside a handler that knows all. */
  private static void againstBare(List<Map<String, Wrk.Run>> rounds) {
    Figures.note("bare handler, 200", told(rounds, "bare check"));
    Figures.note("bare handler, 304", told(rounds, "bare 304"));
    Figures.atLeast(
        "check against a bare handler",
        100 * ratio(rounds, "check", "bare check", Wrk.Run::perSecond),
        90,
        "% of the requests/s");
    Figures.atLeast(
        "304 against a bare 304",
        100 * ratio(rounds, "304", "bare 304", Wrk.Run::perSecond),
        95,
        "% of the requests/s");
  }

  /** Checks with the tag of the answer, of clients whom only a publication brings something new. */
  private List<String> idle() throws Exception {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < checks.size() && lines.size() < 200; i++) {
      HttpResponse<String> answer = large.get(checks.get(i));
      JsonNode body = JSON.readTree(answer.body());
      if (!body.has("installWindow") && body.path("nextCheckSeconds").asLong() > USUAL_SECONDS) {
        lines.add(checks.get(i) + "\t" + answer.headers().firstValue("ETag").orElseThrow());
      }
    }
    return lines;
  }

  private void flat(Instant now) throws Exception {
    GeneratedCatalogue few = GeneratedCatalogue.of(2, 1, now);
    List<String> fewChecks =
        GeneratedClients.of(few, CLIENTS).stream().map(GeneratedClients.Client::path).toList();
    try (BenchServer small = BenchServer.start(BenchServer.newDirectory())) {
      small.load(few);
      warmUp(small.port(), fewChecks);
      warmUp(large.port(), checks);
      List<Map<String, Wrk.Run>> rounds = new ArrayList<>();
      for (int i = 0; i < ROUNDS; i++) {
        Map<String, Wrk.Run> round = new TreeMap<>();
        round.put("40", Wrk.run(small.port(), fewChecks, SECONDS));
        round.put("40,000", Wrk.run(large.port(), checks, SECONDS));
        tell(round);
        rounds.add(round);
      }
      Figures.atLeast(
          "40,000 releases against 40",
          100 * ratio(rounds, "40,000", "40", Wrk.Run::perSecond),
          95,
          "% of the requests/s");
    }
  }

  private void publications(GeneratedCatalogue catalogue) throws Exception {
    warmUp(large.port(), checks);
    List<Map<String, Wrk.Run>> paced = new ArrayList<>();
    List<Map<String, Wrk.Run>> saturated = new ArrayList<>();
    try (Publisher publisher = new Publisher(large, catalogue)) {
      publisher.warmUp();
      for (int i = 0; i < ROUNDS; i++) {
        paced.add(publishing(publisher, () -> Wrk.paced(large.port(), checks, SECONDS)));
        saturated.add(publishing(publisher, () -> Wrk.run(large.port(), checks, SECONDS)));
      }
      Figures.note("publications, one each second", Figures.number(publisher.published()));
    }
    Figures.note("check, paced, without publications", told(paced, "without"));
    Figures.note("check, paced, with them", told(paced, "with"));
    Figures.atMost(
        "p99 with them against without, paced",
        ratio(paced, "with", "without", Wrk.Run::p99Micros),
        1.5,
        "x");
    Figures.note(
        "the same with both cores saturated",
        Figures.number(ratio(saturated, "with", "without", Wrk.Run::p99Micros)) + " x");
  }

  private static Map<String, Wrk.Run> publishing(Publisher publisher, Callable<Wrk.Run> load)
      throws Exception {
    Map<String, Wrk.Run> round = new TreeMap<>();
    round.put("without", load.call());
    publisher.begin();
    round.put("with", load.call());
    publisher.pause();
    tell(round);
    return round;
  }

  /** Until it does not get faster any more: the compiler works on one of the two cores. */
  private static void warmUp(int port, List<String> lines) throws Exception {
    double before = 0;
    for (int i = 0; i < MOST_WARM_UPS; i++) {
      double now = Wrk.run(port, lines, SECONDS).perSecond();
      if (now < 1.05 * before) {
        return;
      }
      before = now;
    }
  }

  /** The median over the rounds: what else the machine does hits single ones. */
  private static double ratio(
      List<Map<String, Wrk.Run>> rounds,
      String one,
      String other,
      ToDoubleFunction<Wrk.Run> figure) {
    return median(
        rounds.stream()
            .mapToDouble(r -> figure.applyAsDouble(r.get(one)) / figure.applyAsDouble(r.get(other)))
            .toArray());
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }

  private static String told(List<Map<String, Wrk.Run>> rounds, String which) {
    ToDoubleFunction<ToDoubleFunction<Wrk.Run>> middle =
        figure ->
            median(rounds.stream().mapToDouble(r -> figure.applyAsDouble(r.get(which))).toArray());
    return "%s requests/s, p50 %s us, p99 %s us, %s bytes"
        .formatted(
            Figures.number(Math.rint(middle.applyAsDouble(Wrk.Run::perSecond))),
            Figures.number(middle.applyAsDouble(Wrk.Run::p50Micros)),
            Figures.number(middle.applyAsDouble(Wrk.Run::p99Micros)),
            Figures.number(Math.rint(middle.applyAsDouble(Wrk.Run::bytes))));
  }

  private static void tell(Map<String, Wrk.Run> round) {
    round.forEach(
        (what, run) ->
            System.out.printf(
                "  (%s: %,.0f/s, p50 %d us, p99 %d us, %.0f bytes)%n",
                what, run.perSecond(), run.p50Micros(), run.p99Micros(), run.bytes()));
  }
}
