package io.towncrier.platform.limits;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.LongSupplier;

/**
 * How often each source may do something in a second. Made for the hot path: sources share a fixed
 * number of slots by a hash that nobody outside knows, so that it takes the same memory no matter
 * who calls. Two sources in one slot share its rate, which among this many is rare, and cannot be
 * brought about. In memory, for this process alone.
 */
public final class SourceRate {
  private static final int SLOTS = 1 << 16;
  private static final long NANOS = 1_000_000_000L;
  private static final int COUNT_BITS = 32;
  private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

  private final int perSecond;
  private final int seed;
  private final LongSupplier nanoTime;
  // Of each slot the second in its upper half, and how often that has come in the lower one.
  private final AtomicLongArray slots = new AtomicLongArray(SLOTS);

  /**
   * Nobody has come yet.
   *
   * @param perSecond how often in a second, at least 1
   * @param seed of the hash, random for each process
   * @param nanoTime a clock that does not go back
   */
  public SourceRate(int perSecond, int seed, LongSupplier nanoTime) {
    if (perSecond < 1) {
      throw new IllegalArgumentException("a rate is at least one in a second");
    }
    this.perSecond = perSecond;
    this.seed = seed;
    this.nanoTime = nanoTime;
  }

  /** Counts one; whether the source is still within its rate. */
  public boolean take(String source) {
    long second = Math.floorDiv(nanoTime.getAsLong(), NANOS) & COUNT_MASK;
    int slot = slot(source);
    while (true) {
      long seen = slots.get(slot);
      boolean isNow = (seen >>> COUNT_BITS) == second;
      long count = isNow ? seen & COUNT_MASK : 0;
      if (count >= perSecond) {
        return false;
      }
      if (slots.compareAndSet(slot, seen, (second << COUNT_BITS) | (count + 1))) {
        return true;
      }
    }
  }

  private int slot(String source) {
    // The finalizer of MurmurHash3, over characters that each stir all that came before.
    int h = seed;
    for (int i = 0; i < source.length(); i++) {
      h = (h ^ source.charAt(i)) * 0x01000193;
      h ^= h >>> 15;
    }
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    return (h ^ (h >>> 16)) & (SLOTS - 1);
  }
}
