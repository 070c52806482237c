package io.towncrier.downloads;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** How often this process has told a device to come again for a download. */
@ApplicationScoped
public class WaitCounters {
  private final Map<String, LongAdder> byRegion = new ConcurrentHashMap<>();
  private volatile Consumer<String> onFirst = region -> {};

  /** Calls this with each region in which a device waits for the first time. */
  public void onFirst(Consumer<String> listener) {
    this.onFirst = listener;
  }

  void waits(String region) {
    LongAdder known = byRegion.get(region);
    if (known == null) {
      LongAdder made = new LongAdder();
      known = byRegion.putIfAbsent(region, made);
      if (known == null) {
        known = made;
        onFirst.accept(region);
      }
    }
    known.increment();
  }

  public long of(String region) {
    LongAdder known = byRegion.get(region);
    return known == null ? 0 : known.sum();
  }

  /** Of all regions. */
  public long all() {
    return byRegion.values().stream().mapToLong(LongAdder::sum).sum();
  }
}
