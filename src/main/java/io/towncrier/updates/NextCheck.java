package io.towncrier.updates;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a client is asked to check again: the middle, and by how much each client goes before or
 * behind it, by a number of its own, so that the fleet does not come at once.
 *
 * <p>Nothing that a client says moves the middle but its version: each version of each product has
 * a place within a tenth of the time, the same each time. So clients that know nothing of the
 * spread do not all come at once either (docs/adr/0038).
 *
 * @param seconds the middle, from now
 * @param spreadSeconds the most before or behind it
 */
public record NextCheck(long seconds, long spreadSeconds) {
  /** Nobody is asked to come back sooner, whatever opens. */
  static final long MIN_SECONDS = 60;

  // What a client comes back for is worth a spread too, but not hours of it.
  private static final long MAX_SPREAD_SECONDS = 300;
  private static final double TENTH = 0.1;

  /**
   * The next check.
   *
   * @param policy the usual time between two checks
   * @param load by how much the time is stretched, at least 1
   * @param place of the client's product and version, from 0 to 1
   * @param asOf the moment of the answer
   * @param changesAt when the answer may be another one though nothing is published
   */
  static NextCheck of(
      Duration policy, int load, double place, Instant asOf, Optional<Instant> changesAt) {
    double time = (double) policy.toSeconds() * load;
    double usual = time * (1 - TENTH + 2 * TENTH * place);
    if (changesAt.isPresent()) {
      double spread = Math.min(policy.toSeconds() * TENTH / 2, MAX_SPREAD_SECONDS) * load;
      double first = Duration.between(asOf, changesAt.get()).toSeconds() + 1;
      double middle = first + spread * (1 + place);
      if (middle < usual) {
        return bounded(middle, spread);
      }
    }
    return bounded(usual, time * TENTH);
  }

  /** In about this time, for what is worth coming back for. */
  static NextCheck after(Duration time) {
    double seconds = (double) time.toSeconds();
    return bounded(seconds, Math.min(seconds * TENTH, MAX_SPREAD_SECONDS));
  }

  NextCheck orSooner(NextCheck other) {
    return other.seconds < seconds ? other : this;
  }

  private static NextCheck bounded(double middle, double spread) {
    long seconds = Math.max(MIN_SECONDS, Math.round(middle));
    return new NextCheck(seconds, Math.min(Math.round(spread), seconds - MIN_SECONDS));
  }

  /** Evenly over texts that differ little (the finalizer of MurmurHash3). */
  static double placeOf(String product, String version) {
    int h = 31 * product.hashCode() + version.hashCode();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    h ^= h >>> 16;
    return (h >>> 1) / (double) Integer.MAX_VALUE;
  }
}
