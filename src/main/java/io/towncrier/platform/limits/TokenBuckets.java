package io.towncrier.platform.limits;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Lets each source do something a number of times at once, and then once in a while. In memory, for
 * this process alone. Of very many sources the one that was quiet the longest is forgotten, and
 * begins anew: the bound on memory is worth more than the last of them.
 */
public final class TokenBuckets {
  private final InstantSource clock;
  private final Duration every;
  private final Duration depth;
  // For each source the moment at which its bucket is full again; that is all there is to know.
  private final Map<String, Instant> fullAt;

  /**
   * Empty buckets for nobody yet.
   *
   * @param burst how often at once, at least 1
   * @param every after which time once more
   * @param sources how many are remembered
   */
  public TokenBuckets(InstantSource clock, int burst, Duration every, int sources) {
    if (burst < 1 || sources < 1 || every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("a token bucket needs tokens, time and a source");
    }
    this.clock = clock;
    this.every = every;
    this.depth = every.multipliedBy(burst);
    this.fullAt = new Bounded(sources);
  }

  /** Takes a token; empty when there was one, else how long until there is. */
  public synchronized Optional<Duration> take(String source) {
    Instant now = clock.instant();
    Instant known = fullAt.getOrDefault(source, now);
    Instant next = (known.isBefore(now) ? now : known).plus(every);
    Duration over = Duration.between(now, next).minus(depth);
    if (!over.isNegative() && !over.isZero()) {
      return Optional.of(over);
    }
    fullAt.put(source, next);
    return Optional.empty();
  }

  /** How long until there is a token; empty when there is one now, which is not taken. */
  public synchronized Optional<Duration> look(String source) {
    Instant now = clock.instant();
    Instant known = fullAt.getOrDefault(source, now);
    Duration over = Duration.between(now, known.plus(every)).minus(depth);
    return Optional.of(over).filter(wait -> !wait.isNegative() && !wait.isZero());
  }

  /** How many sources are remembered now. */
  synchronized int size() {
    return fullAt.size();
  }

  private static final class Bounded extends LinkedHashMap<String, Instant> {
    private static final long serialVersionUID = 1L;

    private final int limit;

    Bounded(int limit) {
      super(16, 0.75f, true);
      this.limit = limit;
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
      return size() > limit;
    }
  }
}
