package io.towncrier.fleet.rest;

import io.towncrier.fleet.AdoptionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of adoption. */
final class AdoptionBodies {
  /** So many points a picture has at most. */
  static final int MOST_POINTS = 500;

  private static final int LARGEST = 20;
  private static final String OTHERS = "others";
  private static final String UNKNOWN = "unknown";

  private AdoptionBodies() {}

  /** How many devices there were of what, over time. */
  @Schema(name = "Adoption")
  record Shown(
      String product,
      String by,
      Instant from,
      Instant to,
      String step,
      List<String> values,
      List<AdoptionPoint> points) {
    static Shown of(
        String product,
        AdoptionStore.By by,
        Instant from,
        Instant to,
        Duration step,
        List<AdoptionStore.Point> found,
        Optional<String> wanted) {
      List<String> largest = largest(found, wanted);
      Set<String> named = new HashSet<>(largest);
      Map<Instant, Map<String, Long>> byMoment = new TreeMap<>();
      for (AdoptionStore.Point point : found) {
        byMoment
            .computeIfAbsent(point.at(), at -> new LinkedHashMap<>())
            .merge(
                named.contains(point.value()) ? shown(point.value()) : OTHERS,
                point.devices(),
                Long::sum);
      }
      return new Shown(
          product,
          by.code(),
          from,
          to,
          step.toString(),
          largest.stream().map(AdoptionBodies::shown).toList(),
          byMoment.entrySet().stream()
              .map(at -> new AdoptionPoint(at.getKey(), at.getValue()))
              .toList());
    }
  }

  /** What was counted at a moment. */
  @Schema(name = "AdoptionPoint")
  record AdoptionPoint(Instant at, Map<String, Long> devices) {}

  /**
   * The values that are named: those with the most devices at any one moment, the largest first;
   * then the value that the caller asks for, if any device had it.
   */
  private static List<String> largest(List<AdoptionStore.Point> found, Optional<String> wanted) {
    Map<String, Long> most = new HashMap<>();
    found.forEach(point -> most.merge(point.value(), point.devices(), Math::max));
    List<String> largest =
        most.entrySet().stream()
            .sorted(
                Map.Entry.<String, Long>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .limit(LARGEST)
            .map(Map.Entry::getKey)
            .collect(Collectors.toList());
    wanted.filter(most::containsKey).filter(v -> !largest.contains(v)).ifPresent(largest::add);
    return largest;
  }

  private static String shown(String value) {
    return value.isEmpty() ? UNKNOWN : value;
  }
}
