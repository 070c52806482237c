package io.towncrier.updates;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * When a client is asked to check again. Each cohort has its own place within a tenth of the time,
 * the same each time, so that the fleet does not come at once.
 */
final class NextCheck {
  /** Nobody is asked to come back sooner, whatever opens. */
  static final long MIN_SECONDS = 60;

  // What a client comes back for is worth a spread too, but not hours of it.
  private static final long MAX_SPREAD_SECONDS = 600;
  private static final double TENTH = 0.1;

  private NextCheck() {}

  /**
   * Seconds until the next check.
   *
   * @param policy the usual time between two checks
   * @param load by how much the time is stretched, at least 1
   * @param cohort of the client; without one it comes in the middle
   * @param asOf the moment of the answer
   * @param changesAt when the answer may be another one though nothing is published
   */
  static long seconds(
      Duration policy,
      int load,
      Optional<String> cohort,
      Instant asOf,
      Optional<Instant> changesAt) {
    double place = cohort.map(NextCheck::place).orElse(0.5);
    double usual = (double) policy.toSeconds() * load * (1 - TENTH + 2 * TENTH * place);
    if (changesAt.isEmpty()) {
      return Math.max(MIN_SECONDS, Math.round(usual));
    }
    double spread = Math.min(policy.toSeconds() * TENTH, MAX_SPREAD_SECONDS) * load * place;
    double untilThen = Duration.between(asOf, changesAt.get()).toSeconds() + 1 + spread;
    return Math.max(MIN_SECONDS, Math.round(Math.min(usual, untilThen)));
  }

  /** From 0 to 1, evenly over texts that differ little (the finalizer of MurmurHash3). */
  private static double place(String cohort) {
    int h = cohort.hashCode();
    h = (h ^ (h >>> 16)) * 0x85ebca6b;
    h = (h ^ (h >>> 13)) * 0xc2b2ae35;
    h ^= h >>> 16;
    return (h >>> 1) / (double) Integer.MAX_VALUE;
  }
}
