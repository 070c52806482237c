package io.towncrier.preferences.rest;

import io.towncrier.preferences.AlertsChange;
import io.towncrier.preferences.Category;
import io.towncrier.preferences.CategoryRules;
import io.towncrier.preferences.NotificationAlerts;
import io.towncrier.preferences.QuietHours;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Notification alerts as JSON. */
final class AlertsBody {
  private AlertsBody() {}

  /**
   * What is answered.
   *
   * @param categories whether each is pushed
   * @param inApp whether each is shown in-app
   * @param essential those that are always shown in-app
   */
  record Shown(
      boolean push,
      Map<String, Boolean> categories,
      Map<String, Boolean> inApp,
      Optional<Hours> quietHours,
      int version,
      List<String> essential,
      Optional<Instant> effectiveAt) {
    static Shown of(NotificationAlerts alerts, CategoryRules rules, Optional<Instant> effectiveAt) {
      return new Shown(
          alerts.push(),
          switches(category -> !alerts.off().contains(category)),
          switches(category -> rules.shows(alerts, category)),
          alerts.quietHours().map(Hours::of),
          alerts.version(),
          codes(rules.essential()),
          effectiveAt);
    }
  }

  /** Local times, {@code 22:00}. */
  record Hours(String from, String to) {
    static Hours of(QuietHours quiet) {
      return new Hours(quiet.from().toString(), quiet.to().toString());
    }
  }

  /** Changes, newest first. */
  record History(List<Changed> changes) {
    static History of(List<AlertsChange> changes) {
      return new History(changes.stream().map(Changed::of).toList());
    }
  }

  /**
   * One change.
   *
   * @param version that it made
   * @param from {@code device}, {@code account}, {@code operator} or {@code retention}
   */
  record Changed(int version, Instant at, String from, Chosen before, Chosen after) {
    static Changed of(AlertsChange change) {
      return new Changed(
          change.became().version(),
          change.at(),
          change.source().code(),
          Chosen.of(change.was()),
          Chosen.of(change.became()));
    }
  }

  /** What was chosen then, whatever is essential now. */
  record Chosen(
      boolean push,
      Map<String, Boolean> categories,
      Map<String, Boolean> inApp,
      Optional<Hours> quietHours) {
    static Chosen of(NotificationAlerts alerts) {
      return new Chosen(
          alerts.push(),
          switches(category -> !alerts.off().contains(category)),
          switches(category -> !alerts.inAppOff().contains(category)),
          alerts.quietHours().map(Hours::of));
    }
  }

  private static Map<String, Boolean> switches(Predicate<Category> on) {
    Map<String, Boolean> switches = new LinkedHashMap<>();
    for (Category category : Category.values()) {
      switches.put(category.code(), on.test(category));
    }
    return switches;
  }

  private static List<String> codes(Set<Category> categories) {
    return categories.stream().sorted().map(Category::code).toList();
  }
}
