package io.towncrier.notices.canary;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Which phones get canaries.
 *
 * @param devices ids of the maker's own phones
 * @param every how often
 * @param within how soon each has to be shown
 */
public record CanaryPlan(List<String> devices, Duration every, Duration within) {
  private static final int MOST_DEVICES = 10;
  private static final Duration SHORTEST_EVERY = Duration.ofMinutes(5);
  private static final Duration SHORTEST_WITHIN = Duration.ofSeconds(30);

  public CanaryPlan {
    devices = List.copyOf(devices);
  }

  /**
   * Empty where there are to be none.
   *
   * @throws IllegalArgumentException when the settings cannot be meant, saying why
   */
  public static Optional<CanaryPlan> of(CanaryConfig config) {
    List<String> devices =
        config.devices().orElse(List.of()).stream()
            .map(String::strip)
            .filter(id -> !id.isEmpty())
            .distinct()
            .toList();
    if (devices.isEmpty() || config.every().isEmpty()) {
      return Optional.empty();
    }
    Duration every = config.every().get();
    require(
        devices.size() <= MOST_DEVICES,
        "TOWNCRIER_CANARY_DEVICES names more than " + MOST_DEVICES + " phones");
    require(
        every.compareTo(SHORTEST_EVERY) >= 0,
        "TOWNCRIER_CANARY_EVERY is shorter than five minutes");
    require(
        config.within().compareTo(SHORTEST_WITHIN) >= 0
            && config.within().multipliedBy(2).compareTo(every) <= 0,
        "TOWNCRIER_CANARY_WITHIN is not from 30 seconds to half of TOWNCRIER_CANARY_EVERY");
    return Optional.of(new CanaryPlan(devices, every, config.within()));
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
