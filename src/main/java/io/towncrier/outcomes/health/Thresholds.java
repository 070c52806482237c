package io.towncrier.outcomes.health;

/**
 * What a rollout is judged by.
 *
 * @param failures share of devices that may fail, from 0 to 1
 * @param minimum of ended devices before anything is judged
 * @param downloads share of downloads that may fail; more of them hold the promotion
 */
public record Thresholds(double failures, long minimum, double downloads) {
  /** What holds where nobody says anything. */
  public static final Thresholds DEFAULT = new Thresholds(0.03, 100, 0.2);

  public Thresholds {
    if (!(failures > 0 && failures < 1) || !(downloads > 0 && downloads <= 1) || minimum < 1) {
      throw new IllegalArgumentException("thresholds are shares, and the minimum is one at least");
    }
  }
}
