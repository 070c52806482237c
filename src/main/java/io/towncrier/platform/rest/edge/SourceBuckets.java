package io.towncrier.platform.rest.edge;

import io.towncrier.platform.limits.TokenBuckets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * How often something may come from one source: an IPv4 address or an IPv6 /64, and an IPv6 /48 as
 * a whole. In memory, for this process alone (docs/adr/0030).
 */
public final class SourceBuckets {
  private final TokenBuckets sources;
  private final TokenBuckets networks;

  /**
   * Empty buckets for nobody yet.
   *
   * @param burst how often at once
   * @param every after which time once more
   * @param networkFactor how many times as much a /48 may do
   * @param remembered how many sources are
   */
  public SourceBuckets(
      InstantSource clock, int burst, Duration every, int networkFactor, int remembered) {
    this.sources = new TokenBuckets(clock, burst, every, remembered);
    this.networks =
        new TokenBuckets(
            clock,
            Math.multiplyExact(burst, networkFactor),
            every.dividedBy(networkFactor),
            remembered);
  }

  /**
   * Counts one; empty when it may be, else how long until it may.
   *
   * @param source as {@link ClientAddress} names it
   */
  public Optional<Duration> take(String source) {
    return sources.take(source).or(() -> ClientAddress.wider(source).flatMap(networks::take));
  }
}
