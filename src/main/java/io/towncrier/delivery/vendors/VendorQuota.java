package io.towncrier.delivery.vendors;

import java.util.Optional;

/**
 * What one vendor lets an app push today, as the provider tells it.
 *
 * @param vendor as the provider names its channel; one that sets no limit is not named at all
 * @param total how many it takes in the day
 * @param remaining how many of them are left
 * @param limited whether it is limited; it counts where nothing is said about what is left
 */
public record VendorQuota(
    String vendor, Optional<Long> total, Optional<Long> remaining, boolean limited) {
  private static final double LITTLE = 0.1;

  /** The share of the day's pushes that is left, if it is told. */
  public Optional<Double> left() {
    if (remaining.isEmpty()) {
      return limited ? Optional.of(0.0) : Optional.empty();
    }
    long rest = Math.max(0, remaining.get());
    return rest == 0
        ? Optional.of(0.0)
        : total.filter(all -> all > 0).map(all -> Math.min(1, (double) rest / all));
  }

  /** Whether less than a tenth is left. */
  public boolean isLow() {
    return left().filter(share -> share < LITTLE).isPresent();
  }

  @Override
  public String toString() {
    return remaining.isEmpty() && limited
        ? vendor + ": limited"
        : "%s: %s of %s left"
            .formatted(
                vendor,
                remaining.map(String::valueOf).orElse("?"),
                total.map(String::valueOf).orElse("?"));
  }
}
