package io.towncrier.overview;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What pages are about, from the kinds of things that the audit log knows: pure. A kind that is not
 * named here is a topic of its own, so a new feature has one without a line here.
 */
final class Topics {
  /** All of the audit log. */
  static final String AUDIT = "audit";

  private static final Map<String, List<String>> OF_KIND =
      Map.of(
          "catalogue", List.of("products", "releases", "rollouts"),
          "product", List.of("products"),
          "release", List.of("releases", "rollouts"),
          "rollout", List.of("releases", "rollouts"),
          "rollouts", List.of("halts", "releases", "rollouts"),
          "notice", List.of("notices"),
          "dead-letters", List.of("notices"),
          "pushes", List.of("halts", "notices"),
          "restore", List.of("halts"));

  /** These are there from the first day on. */
  private static final List<String> ALWAYS =
      List.of(AUDIT, "halts", "notices", "products", "releases", "rollouts");

  private Topics() {}

  /** Topic to the number of the last audit entry that is about it; 0 without one. */
  static Map<String, Long> of(Map<String, Long> lastOf) {
    Map<String, Long> topics = new TreeMap<>();
    ALWAYS.forEach(topic -> topics.put(topic, 0L));
    lastOf.forEach(
        (kind, number) -> {
          topics.merge(AUDIT, number, Math::max);
          OF_KIND
              .getOrDefault(kind, List.of(kind))
              .forEach(topic -> topics.merge(topic, number, Math::max));
        });
    return topics;
  }
}
