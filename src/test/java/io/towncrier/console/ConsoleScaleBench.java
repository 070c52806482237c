package io.towncrier.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.testing.Chromium;
import io.towncrier.testing.PackagedServer;
import io.towncrier.testing.TestPostgres;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The console beside a large fleet: how long its lists take, how its pages feel in a browser, what
 * they bring over the wire, what a poll costs. Prints a table with the bar of each figure, and
 * fails where one is missed. Run by bench/console.
 */
@Tag("bench")
class ConsoleScaleBench {
  private static final int DEVICES = Integer.getInteger("devices", 1_000_000);
  private static final int NOTICES = 10_000;
  private static final int AUDIT_ENTRIES = 100_000;

  private ScaleBars bars;

  /** What comes to figures, or to an exception. */
  private interface Part {
    void measure() throws Exception;
  }

  @Test
  void theConsoleKeepsItsBars() throws Exception {
    bars = new ScaleBars(Path.of("target", "console.md"));
    part("size", new ScaleSize(bars)::measure);
    TestPostgres postgres = new TestPostgres();
    postgres.start();
    PackagedServer server =
        new PackagedServer(
                postgres.url(), Map.of("TOWNCRIER_OPERATOR_TOKEN", TestPostgres.OPERATOR_TOKEN))
            .withHeap("-Xmx512m");
    try {
      server.startIfDead();
      ScaleClient client = new ScaleClient(server.port());
      fill(client, postgres);
      part("lists", new ScaleLists(client, bars)::measure);
      part("browser", () -> inBrowser(client, postgres));
      assertThat(server.log()).doesNotContain("OutOfMemory");
    } finally {
      server.kill();
      postgres.stop();
    }
    assertThat(bars.missed()).as("bars that were missed").isEmpty();
  }

  /** The catalogue by the API, so that the service knows it; the rest is too much for that. */
  private void fill(ScaleClient client, TestPostgres postgres) throws Exception {
    long begun = System.nanoTime();
    client.post("catalogue", ScaleCatalogue.document(Instant.now()), 200);
    try (Connection connection = postgres.connect()) {
      ScaleRows rows = new ScaleRows(connection);
      rows.devices(DEVICES);
      rows.notices(NOTICES);
      rows.audit(AUDIT_ENTRIES);
      rows.vacuum();
      assertThat(rows.count("release"))
          .isEqualTo((long) ScaleCatalogue.PRODUCTS * ScaleCatalogue.RELEASES_EACH);
      for (String table : new String[] {"release", "notice", "delivery", "device", "audit_entry"}) {
        bars.tell("rows of " + table, rows.count(table), "");
      }
    }
    assertThat(client.get("audit/verification").path("intact").asBoolean())
        .as("the audit chain is intact")
        .isTrue();
    bars.tell("filled in", (System.nanoTime() - begun) / 1e9, "s");
  }

  private void inBrowser(ScaleClient client, TestPostgres postgres) throws Exception {
    String cookie = client.session();
    try (Chromium chromium = Chromium.start()) {
      Supplier<ScaleVisit> visits = () -> new ScaleVisit(chromium, client.origin(), cookie);
      part("pages", new ScalePages(visits, bars)::measure);
      part("traffic", new ScaleTraffic(visits, bars)::measure);
      ScalePolls polls = new ScalePolls(client, postgres, visits, bars);
      part("bytes of a poll", polls::bytes);
      part("SQL of a poll", polls::statements);
      part("heap", polls::heap);
    }
  }

  /** The others are measured even where this one fails. */
  private void part(String name, Part part) {
    try {
      part.measure();
    } catch (Exception | AssertionError failure) {
      bars.failed(name, failure);
    }
  }
}
