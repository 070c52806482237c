package io.towncrier.console;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.IntFunction;

/** How long the lists of the console take, one request behind the other. */
final class ScaleLists {
  private static final int REQUESTS = 200;
  private static final int WARM_UP = 20;
  private static final int ENOUGH = 50;
  private static final long LONGEST_NANOS = 60_000_000_000L;
  private static final double BAR_MILLIS = 200;

  private final ScaleClient client;
  private final ScaleBars bars;

  ScaleLists(ScaleClient client, ScaleBars bars) {
    this.client = client;
    this.bars = bars;
  }

  void measure() throws IOException, InterruptedException {
    releases();
    notices();
    devices();
    audit();
    list("live", i -> "live");
    list("overview", i -> "overview");
    list("calendar", i -> "calendar");
    list("products", i -> "products?limit=200");
    list("fleet by country and version, of a product", i -> "fleet?by=country,version&" + of(i));
    list("fleet by product and version", i -> "fleet?by=product,version&limit=200");
    list("lint of a product", i -> "lint?" + of(i));
    // The overview asks for it when the catalogue has changed.
    bars.tell("lint of all products", client.millis("lint"), "ms");
  }

  private void releases() throws IOException, InterruptedException {
    list("releases", i -> "releases?limit=50");
    list("releases of a product", i -> "releases?limit=50&" + of(i));
    list("release-summaries", i -> "release-summaries");
    list("release-summaries, q", i -> "release-summaries?q=mesh%20" + i % 100);
    list(
        "release-summaries, state and severity",
        i -> "release-summaries?state=published&severity=security");
    list("release-summaries, newest first", i -> "release-summaries?sort=-publishedAt&limit=200");
  }

  private void notices() throws IOException, InterruptedException {
    list("notices", i -> "notices?limit=50");
    list("notices that are done", i -> "notices?limit=50&state=done");
    list("notice-summaries", i -> "notice-summaries");
    list("notice-summaries, q", i -> "notice-summaries?q=survey%20of%20the%20app%20" + i);
    list("notice-summaries, state and kind", i -> "notice-summaries?state=done&kind=announcement");
    list("notice-summaries of a product", i -> "notice-summaries?" + of(i));
    list("notice-summaries, 200 of them", i -> "notice-summaries?limit=200&sort=-startedAt");
  }

  private void devices() throws IOException, InterruptedException {
    list("devices", i -> "devices?limit=50");
    list("devices of a product", i -> "devices?limit=50&" + of(i));
    list("devices of a version", i -> "devices?limit=50&version=1." + i % 19 + "&" + of(i));
    list("devices of the app in a country", i -> "devices?product=router-app-android&country=DE");
    list("devices in a country", i -> "devices?limit=50&country=PL");
    list("devices in a country without any", i -> "devices?limit=50&country=AQ");
  }

  private void audit() throws IOException, InterruptedException {
    list("audit", i -> "audit?limit=50");
    list("audit by subject", i -> "audit?subject=model-" + i % 99 + ":1.3");
    list("audit by actor", i -> "audit?actor=operator-" + i % 8);
    list("audit by action", i -> "audit?action=rollout.halted");
    list("audit by nobody", i -> "audit?actor=nobody");
    list(
        "audit between two moments",
        i -> "audit?from=2026-01-01T00:00:00Z&to=2027-01-01T00:00:00Z");
  }

  private static String of(int i) {
    return "product=" + ScaleCatalogue.product(i % ScaleCatalogue.PRODUCTS);
  }

  /** The p95, or of as many as a minute has room for. */
  private void list(String what, IntFunction<String> path)
      throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UP; i++) {
      client.millis(path.apply(i));
    }
    double[] millis = new double[REQUESTS];
    long end = System.nanoTime() + LONGEST_NANOS;
    int count = 0;
    while (count < REQUESTS && (count < ENOUGH || System.nanoTime() < end)) {
      millis[count] = client.millis(path.apply(count));
      count++;
    }
    double[] sorted = Arrays.copyOf(millis, count);
    Arrays.sort(sorted);
    bars.atMost("answer, p95: " + what, BAR_MILLIS, sorted[(count * 95 - 1) / 100], "ms");
  }
}
