package io.towncrier.console;

import io.towncrier.console.ScaleWire.Fetch;
import java.util.List;
import java.util.function.Supplier;

/** What pages bring over the wire: the first one, a further one, and the first one again. */
final class ScaleTraffic {
  /** Fewer would mean that nothing was counted. */
  private static final int FEWEST = 10;

  private static final List<String> FURTHER =
      List.of(
          "#/explain",
          "#/releases",
          "#/releases/new",
          "#/releases/model-0%3A1.19",
          "#/outcomes",
          "#/outcomes/model-0%3A1.19",
          "#/artifacts",
          "#/simulate",
          "#/import",
          "#/lint",
          "#/products",
          "#/products/model-0",
          "#/notices",
          "#/notices/new",
          "#/notices/" + ScaleRows.FIRST_NOTICE,
          "#/devices",
          "#/devices/" + ScaleRows.FIRST_DEVICE,
          "#/privacy-requests",
          "#/audit",
          "#/events",
          "#/health");

  private final Supplier<ScaleVisit> visits;
  private final ScaleBars bars;

  ScaleTraffic(Supplier<ScaleVisit> visits, ScaleBars bars) {
    this.visits = visits;
    this.bars = bars;
  }

  void measure() {
    firstPage();
    for (String place : FURTHER) {
      try (ScaleVisit visit = visits.get()) {
        further(visit, place);
      } catch (RuntimeException failure) {
        bars.failed("further page " + place, failure);
      }
    }
  }

  private void firstPage() {
    try (ScaleVisit visit = visits.get()) {
      visit.use("");
      visit.wire().settle(visit.page());
      // A second poll may fall into it; the first one is never a 304.
      List<Fetch> cold = visit.wire().all(fetch -> !fetch.isPoll() || fetch.status() == 200);
      List<Fetch> data = cold.stream().filter(Fetch::isData).toList();
      if (cold.size() - data.size() < FEWEST) {
        throw new IllegalStateException("counted " + cold.size() + " requests of the first page");
      }
      bars.atMost("first page, cold", 60_000, ScaleWire.bytes(cold), "B");
      bars.atMost("first page, cold: requests", 40, cold.size(), "");
      bars.tell("of it JSON of the API", ScaleWire.bytes(data), "B");
      bars.tell("of it JSON of the API: requests", data.size(), "");
      again(visit);
    }
  }

  /** In the same browser, with what it has kept. */
  private void again(ScaleVisit visit) {
    visit.page().navigate("about:blank");
    visit.wire().settle(visit.page());
    visit.wire().forget();
    visit.use("");
    visit.wire().settle(visit.page());
    List<Fetch> others = visit.wire().all(fetch -> !fetch.isData());
    long unchanged = others.stream().filter(fetch -> fetch.status() == 304).count();
    bars.atMost("first page again: requests beside JSON", 1, others.size(), "");
    bars.atMost(
        "first page again: requests beside JSON that are no 304", 0, others.size() - unchanged, "");
    bars.atMost(
        "first page again: the 304 of the document is missing", 0, unchanged == 0 ? 1 : 0, "");
    bars.tell("first page again", ScaleWire.bytes(visit.wire().all()), "B");
  }

  private void further(ScaleVisit visit, String place) {
    visit.use("");
    visit.wire().settle(visit.page());
    visit.wire().forget();
    visit.go(place);
    visit.wire().settle(visit.page());
    List<Fetch> scripts = visit.wire().all(Fetch::isScript);
    List<Fetch> texts = visit.wire().all(fetch -> fetch.isFile() && !fetch.isScript());
    String name = place.substring(2).replaceFirst("/(?!new)[^/]+$", "/one");
    if (scripts.isEmpty()) {
      throw new IllegalStateException("no script came with the page " + name);
    }
    bars.atMost("further page, scripts: " + name, 10_000, ScaleWire.bytes(scripts), "B");
    if (!texts.isEmpty()) {
      bars.tell("further page, texts: " + name, ScaleWire.bytes(texts), "B");
    }
  }
}
