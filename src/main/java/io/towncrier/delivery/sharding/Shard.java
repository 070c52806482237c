package io.towncrier.delivery.sharding;

import java.time.Instant;

/**
 * A share of a notice's deliveries: so many of those that are due, whichever they are. It names no
 * device and no preference; the claim finds them (docs/adr/0004).
 *
 * @param number from 1 to {@code of}
 * @param of how many there are of this plan
 * @param plannedAt when it was planned; what is older is planned again
 */
public record Shard(String notice, int number, int of, Instant plannedAt) {
  public Shard {
    if (number < 1 || number > of) {
      throw new IllegalArgumentException("a shard is one of those there are");
    }
  }
}
