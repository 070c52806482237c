package io.towncrier.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.towncrier.testing.Chromium;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** One visit of the console in a profile with nothing in it but a session. */
final class ScaleVisit implements AutoCloseable {
  private static final long PATIENCE_NANOS = 30_000_000_000L;
  private static final String ROWS = "table tbody tr, ul.rows > li";

  /**
   * Notes what the browser says of the page from its first moment on. When the first row is there,
   * a button of the frame is clicked, and what it changes is waited for.
   */
  private static final String WATCH =
      """
      (() => {
        const seen = { row: 0, answered: 0, lcp: 0, cls: 0, longest: 0, inp: 0 };
        globalThis.scaleSeen = seen;
        const watch = (type, note, more = {}) =>
          new PerformanceObserver((list) => list.getEntries().forEach(note))
            .observe({ type, buffered: true, ...more });
        watch('longtask', (task) => { seen.longest = Math.max(seen.longest, task.duration); });
        watch('largest-contentful-paint', (paint) => { seen.lcp = paint.startTime; });
        watch('event', (event) => {
          if (event.interactionId) {
            seen.inp = Math.max(seen.inp, event.duration);
          }
        }, { durationThreshold: 16 });
        // Shifts that are near each other count together; the worst group is the figure.
        let group = { first: 0, last: 0, sum: 0 };
        watch('layout-shift', (shift) => {
          if (shift.hadRecentInput) {
            return;
          }
          const at = shift.startTime;
          if (at - group.last > 1000 || at - group.first > 5000) {
            group = { first: at, last: at, sum: 0 };
          }
          group.last = at;
          group.sum += shift.value;
          seen.cls = Math.max(seen.cls, group.sum);
        });
        const button = () => document.querySelector('header button.menu');
        const look = () => {
          if (seen.row === 0 && document.querySelector('main table tbody tr, main ul.rows > li')) {
            seen.row = performance.now();
            button().click();
          }
          if (seen.row > 0 && button()?.getAttribute('aria-expanded') === 'true') {
            seen.answered = performance.now();
            observer.disconnect();
            button().click();
          }
        };
        const observer = new MutationObserver(look);
        observer.observe(document, {
          childList: true, subtree: true, attributes: true, attributeFilter: ['aria-expanded'],
        });
      })();
      """;

  private final String origin;
  private final BrowserContext profile;
  private final Page page;
  private final CDPSession session;
  private final ScaleWire wire;

  /**
   * Opens no page yet.
   *
   * @param cookie value of the session's cookie
   */
  ScaleVisit(Chromium chromium, String origin, String cookie) {
    this.origin = origin;
    this.profile =
        chromium.profile(
            new Browser.NewContextOptions().setLocale("en-US").setViewportSize(1280, 900));
    profile.addCookies(
        List.of(
            new Cookie(ScaleClient.COOKIE, cookie)
                .setUrl(origin)
                .setHttpOnly(true)
                .setSameSite(SameSiteAttribute.STRICT)));
    profile.addInitScript(WATCH);
    this.page = profile.newPage();
    this.session = profile.newCDPSession(page);
    this.wire = new ScaleWire(session);
  }

  /** What the browser has noted of the page that is open; times in milliseconds. */
  record Seen(double row, double answered, double lcp, double cls, double longest, double inp) {
    private static Seen of(Map<?, ?> noted) {
      return new Seen(
          number(noted, "row"),
          number(noted, "answered"),
          number(noted, "lcp"),
          number(noted, "cls"),
          number(noted, "longest"),
          number(noted, "inp"));
    }

    private static double number(Map<?, ?> noted, String name) {
      return ((Number) noted.get(name)).doubleValue();
    }
  }

  Page page() {
    return page;
  }

  ScaleWire wire() {
    return wire;
  }

  /** A phone of the middle class at the edge of the net: 4 x CPU, 150 ms, 1.6 Mbit/s. */
  ScaleVisit slowly() {
    JsonObject rate = new JsonObject();
    rate.addProperty("rate", 4);
    session.send("Emulation.setCPUThrottlingRate", rate);
    JsonObject net = new JsonObject();
    net.addProperty("latency", 150);
    net.addProperty("downloadThroughput", 200_000);
    net.addProperty("uploadThroughput", 200_000);
    try {
      net.addProperty("offline", false);
      session.send("Network.emulateNetworkConditions", net);
    } catch (PlaywrightException gone) {
      // Its successor, where a browser has no more the former.
      net.remove("offline");
      net.addProperty("urlPattern", "");
      JsonArray rules = new JsonArray();
      rules.add(net);
      JsonObject byRule = new JsonObject();
      byRule.addProperty("offline", false);
      byRule.add("matchedNetworkConditions", rules);
      session.send("Network.emulateNetworkConditionsByRule", byRule);
    }
    return this;
  }

  /** Loads the document anew, with what stands behind the #. */
  void open(String place) {
    page.navigate("about:blank");
    // What the page before was still waiting for has no end any more.
    wire.forget();
    page.navigate(origin + "/console" + place);
  }

  /** Goes on within the document. */
  void go(String place) {
    page.evaluate("place => { location.hash = place; }", place);
  }

  /** Opens a page and waits until its first row is there and a button has answered. */
  Seen use(String place) {
    open(place);
    until("a row and a button on " + place, () -> seen().answered() > 0);
    return seen();
  }

  Seen seen() {
    return Seen.of((Map<?, ?>) page.evaluate("() => ({ ...globalThis.scaleSeen })"));
  }

  int rows() {
    return ((Number) page.evaluate("rows => document.querySelectorAll(rows).length", ROWS))
        .intValue();
  }

  /** Asks a list for more, as often as it has more; how many rows there are then. */
  int growTo(int times) {
    Locator more = page.locator("main p.pages button");
    for (int i = 0; i < times && more.count() > 0; i++) {
      wire.forget();
      more.first().click();
      until("more of the list", () -> !wire.all(f -> f.isData() && !f.isPoll()).isEmpty());
      wire.settle(page);
    }
    return rows();
  }

  /** The bytes of JavaScript objects that are in use after a collection. */
  double heap() {
    session.send("HeapProfiler.enable");
    session.send("HeapProfiler.collectGarbage");
    page.waitForTimeout(500);
    session.send("HeapProfiler.collectGarbage");
    double used = session.send("Runtime.getHeapUsage").get("usedSize").getAsDouble();
    session.send("HeapProfiler.disable");
    return used;
  }

  void until(String what, BooleanSupplier holds) {
    long end = System.nanoTime() + PATIENCE_NANOS;
    while (!holds.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      page.waitForTimeout(50);
    }
  }

  @Override
  public void close() {
    profile.close();
  }
}
