package io.towncrier.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** An operator who publishes something new of one product after the other, one each second. */
final class Publisher implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  private static final int WARM_UPS = 400;

  private final BenchServer server;
  private final GeneratedCatalogue catalogue;
  private final ScheduledExecutorService clock = new ScheduledThreadPoolExecutor(1);
  private final AtomicInteger published = new AtomicInteger();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean busy;

  Publisher(BenchServer server, GeneratedCatalogue catalogue) {
    this.server = server;
    this.catalogue = catalogue;
    clock.scheduleAtFixedRate(this::publishIfBusy, 0, 1, TimeUnit.SECONDS);
  }

  /** Until what an import runs through is compiled: that takes hundreds of them, and both cores. */
  void warmUp() throws Exception {
    for (int i = 0; i < WARM_UPS; i++) {
      publish(-1 - i);
    }
  }

  void begin() {
    busy = true;
  }

  void pause() throws Exception {
    busy = false;
    if (failure.get() != null) {
      throw failure.get();
    }
  }

  int published() {
    return published.get();
  }

  private void publishIfBusy() {
    if (!busy) {
      return;
    }
    try {
      publish(published.get());
      published.incrementAndGet();
    } catch (Exception refused) {
      failure.compareAndSet(null, refused);
    }
  }

  // An older release with other words: what clients are offered stays the same size.
  private void publish(int number) throws Exception {
    GeneratedFamily family =
        catalogue.families().get(Math.floorMod(number, catalogue.families().size()));
    ObjectNode release = family.release(1);
    ((ObjectNode) release.path("notes").path("en")).put("title", "Changed " + number);
    ObjectNode document = JSON.createObjectNode();
    ObjectNode node = document.putArray("releases").addObject();
    node.putArray("products").add(GeneratedCatalogue.productId(family.number(), 0));
    node.setAll(release);
    server.post("/v1/admin/catalogue", document.toString().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() throws Exception {
    clock.shutdown();
    clock.awaitTermination(30, TimeUnit.SECONDS);
  }
}
