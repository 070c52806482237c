package io.towncrier.preferences.rest;

import io.towncrier.platform.Page;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.rest.Revisioned;
import io.towncrier.platform.rest.Tagged;
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
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** Notification alerts as JSON. */
final class AlertsBody {
  private AlertsBody() {}

  /**
   * What is answered.
   *
   * @param pushCategories whether each is pushed
   * @param inAppCategories whether each is shown in-app
   * @param deliveryReceipts whether it is recorded what became of pushes on the phone
   * @param essential those that are always shown in-app
   */
  @Schema(name = "DeviceAlerts")
  record Shown(
      boolean push,
      Map<String, Boolean> pushCategories,
      Map<String, Boolean> inAppCategories,
      Optional<Hours> quietHours,
      boolean deliveryReceipts,
      int revision,
      List<String> essential,
      Optional<Instant> effectiveAt)
      implements Revisioned, Tagged {
    /** The revision, and behind it all that is answered: configuration has a say in it as well. */
    @Override
    public String tag() {
      return revision + "-" + EntityTags.of(stored());
    }

    private Shown stored() {
      return new Shown(
          push,
          pushCategories,
          inAppCategories,
          quietHours,
          deliveryReceipts,
          revision,
          essential,
          Optional.empty());
    }

    static Shown of(NotificationAlerts alerts, CategoryRules rules, Optional<Instant> effectiveAt) {
      return new Shown(
          alerts.push(),
          switches(category -> !alerts.off().contains(category)),
          switches(category -> rules.shows(alerts, category)),
          alerts.quietHours().map(Hours::of),
          alerts.receipts(),
          alerts.version(),
          codes(rules.essential()),
          effectiveAt);
    }
  }

  /** Local times, {@code 22:00}. */
  @Schema(name = "QuietHours")
  record Hours(String from, String to) {
    static Hours of(QuietHours quiet) {
      return new Hours(quiet.from().toString(), quiet.to().toString());
    }
  }

  /** A page of changes. */
  @Schema(name = "AlertsChangeList")
  record History(List<Changed> items, Optional<String> next, String total) {
    static History of(Page<AlertsChange> page) {
      return new History(
          page.items(Changed::of),
          page.next(last -> Integer.toString(last.became().version())),
          page.total());
    }
  }

  /**
   * One change.
   *
   * @param revision that it made
   * @param from {@code device}, {@code account}, {@code operator} or {@code retention}
   */
  @Schema(name = "AlertsChangeEntry")
  record Changed(int revision, Instant at, String from, Chosen before, Chosen after) {
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
  @Schema(name = "AlertsChoice")
  record Chosen(
      boolean push,
      Map<String, Boolean> pushCategories,
      Map<String, Boolean> inAppCategories,
      Optional<Hours> quietHours,
      boolean deliveryReceipts) {
    static Chosen of(NotificationAlerts alerts) {
      return new Chosen(
          alerts.push(),
          switches(category -> !alerts.off().contains(category)),
          switches(category -> !alerts.inAppOff().contains(category)),
          alerts.quietHours().map(Hours::of),
          alerts.receipts());
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
