package io.towncrier.releases.rollout;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One step of a rollout.
 *
 * @param buckets how many of the {@link Bucket#COUNT} buckets are in: a hundred are one percent
 * @param start not before this moment; without one, as soon as the phase before has soaked
 * @param soak for how long it must have run before the next begins; zero or more
 */
public record Phase(int buckets, Optional<Instant> start, Duration soak) {
  public Phase {
    if (buckets < 0 || buckets > Bucket.COUNT) {
      throw new IllegalArgumentException("a phase has 0 to " + Bucket.COUNT + " buckets");
    }
    if (soak.isNegative()) {
      throw new IllegalArgumentException("a phase soaks for zero or more");
    }
  }
}
