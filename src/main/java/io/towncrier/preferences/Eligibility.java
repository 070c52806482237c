package io.towncrier.preferences;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a push may go out now: the one rule, asked in every claim and in every preview. */
public sealed interface Eligibility {
  /** It may. */
  record Eligible() implements Eligibility {}

  /** It may, but not before that moment. */
  record Later(Instant notBefore) implements Eligibility {}

  /** It must not. */
  record Suppressed(Suppression reason) implements Eligibility {}

  /**
   * Decides for one device.
   *
   * @param alerts of the device, and of its account when it has one; every one must allow it
   * @param reachable whether the device has a push address
   */
  static Eligibility of(
      Category category,
      List<NotificationAlerts> alerts,
      boolean reachable,
      ZoneId zone,
      Instant now) {
    if (alerts.stream().anyMatch(a -> !a.push())) {
      return new Suppressed(Suppression.OPTED_OUT);
    }
    if (alerts.stream().anyMatch(a -> !a.allows(category))) {
      return new Suppressed(Suppression.CATEGORY_OFF);
    }
    if (!reachable) {
      return new Suppressed(Suppression.NO_PUSH_ADDRESS);
    }
    return alerts.stream()
        .map(a -> a.quietHours().flatMap(quiet -> quiet.endAfter(now, zone)))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .<Eligibility>map(Later::new)
        .orElseGet(Eligible::new);
  }
}
