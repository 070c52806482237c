package io.towncrier.bench;

import io.towncrier.releases.CatalogueStore;
import io.towncrier.updates.snapshots.Snapshot;
import java.lang.ref.Reference;
import java.time.Instant;
import java.util.Arrays;

/**
 * How long 40,000 releases take to compile, and what heap they hold on to: their contents, as read
 * from the database, and what was compiled from them.
 */
final class SnapshotCost {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  private static final int PRODUCTS = 2000;
  private static final int RUNS = 5;

  private SnapshotCost() {}

  public static void main(String... args) {
    GeneratedCatalogue catalogue = GeneratedCatalogue.of(PRODUCTS, 1, NOW);
    // Whatever is loaded once for the whole process is no part of a snapshot.
    Snapshot small = Snapshot.of(GeneratedCatalogue.of(1, 1, NOW).content());
    long before = heap();
    CatalogueStore.Content content = catalogue.content();
    long[] nanos = new long[RUNS];
    Snapshot snapshot = small;
    for (int i = 0; i < RUNS; i++) {
      long start = System.nanoTime();
      snapshot = Snapshot.of(content);
      nanos[i] = System.nanoTime() - start;
    }
    Figures.atMost("snapshot of 40,000 releases, first compiled in", nanos[0] / 1e9, 2, "s");
    Arrays.sort(nanos);
    Figures.note("the same, warm (median)", Figures.number(nanos[RUNS / 2] / 1e9) + " s");
    content = null;
    Figures.atMost("heap that it holds", (heap() - before) / 1e6, 150, "MB");
    Reference.reachabilityFence(snapshot);
    Reference.reachabilityFence(content);
    Reference.reachabilityFence(catalogue);
  }

  private static long heap() {
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
