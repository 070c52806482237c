package io.towncrier.console;

import com.microsoft.playwright.Locator;
import io.towncrier.console.ScaleVisit.Seen;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

/** How the large pages feel: each from a cold profile, three times, and the median counts. */
final class ScalePages {
  private static final int TIMES = 3;
  private static final int MORE = 5;

  /** Four round trips: the document, its script, who is signed in, and the rows. */
  private static final int FASTEST_SLOWLY = 600;

  private static final Map<String, String> PAGES = new LinkedHashMap<>();

  static {
    PAGES.put("overview", "");
    PAGES.put("releases", "#/releases");
    PAGES.put("notices", "#/notices");
    PAGES.put("devices", "#/devices");
    PAGES.put("audit", "#/audit");
  }

  private final Supplier<ScaleVisit> visits;
  private final ScaleBars bars;

  /**
   * Measures nothing yet.
   *
   * @param visits each with a profile of its own
   */
  ScalePages(Supplier<ScaleVisit> visits, ScaleBars bars) {
    this.visits = visits;
    this.bars = bars;
  }

  void measure() {
    // The first page that a browser shows pays for the browser's own start.
    try (ScaleVisit first = visits.get()) {
      first.use("");
    }
    for (Map.Entry<String, String> page : PAGES.entrySet()) {
      try {
        plain(page.getKey(), page.getValue());
        slow(page.getKey(), page.getValue());
      } catch (RuntimeException failure) {
        bars.failed("page " + page.getKey(), failure);
      }
    }
  }

  private void plain(String name, String place) {
    List<Seen> loaded = new ArrayList<>();
    List<Seen> used = new ArrayList<>();
    int rows = 0;
    int grown = 0;
    for (int i = 0; i < TIMES; i++) {
      try (ScaleVisit visit = visits.get()) {
        visit.use(place);
        visit.wire().settle(visit.page());
        visit.page().waitForTimeout(500);
        loaded.add(visit.seen());
        rows = Math.max(rows, visit.rows());
        touch(visit);
        grown = Math.max(grown, visit.growTo(MORE));
        // What an event took is told behind the next paint.
        visit.page().waitForTimeout(500);
        used.add(visit.seen());
      }
    }
    bars.atMost(name + ": rows in the document", 200, rows, "");
    bars.atMost(name + ": rows when more was asked for five times", 200, grown, "");
    bars.atMost(name + ": interactive", 1_000, median(loaded, ScalePages::interactive), "ms");
    bars.atMost(name + ": LCP", 2_500, median(loaded, Seen::lcp), "ms");
    bars.atMost(name + ": CLS", 0.05, median(loaded, Seen::cls), "");
    bars.atMost(name + ": longest task while it loads", 100, median(loaded, Seen::longest), "ms");
    bars.atMost(name + ": longest task with use", 100, median(used, Seen::longest), "ms");
    bars.atMost(name + ": INP of clicks and keys", 200, median(used, Seen::inp), "ms");
  }

  private void slow(String name, String place) {
    List<Seen> loaded = new ArrayList<>();
    for (int i = 0; i < TIMES; i++) {
      try (ScaleVisit visit = visits.get().slowly()) {
        loaded.add(visit.use(place));
      }
    }
    if (median(loaded, ScalePages::interactive) < FASTEST_SLOWLY) {
      throw new IllegalStateException("the network was not slowed down");
    }
    bars.atMost(
        name + ": interactive at 4 x CPU, 150 ms, 1.6 Mbit/s",
        3_000,
        median(loaded, ScalePages::interactive),
        "ms");
  }

  /** Opens and closes a menu, and types where there is something to type into. */
  private static void touch(ScaleVisit visit) {
    Locator menu = visit.page().locator("details.me > summary");
    menu.click();
    visit.page().waitForTimeout(200);
    menu.click();
    Locator fields = visit.page().locator("main form.filters input");
    if (fields.count() > 0) {
      fields.first().click();
      for (String key : List.of("1", ".", "3")) {
        visit.page().keyboard().press(key);
        visit.page().waitForTimeout(200);
      }
    }
  }

  private static double interactive(Seen seen) {
    return Math.max(seen.row(), seen.answered());
  }

  private static double median(List<Seen> of, ToDoubleFunction<Seen> figure) {
    double[] sorted = of.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
