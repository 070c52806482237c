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

  /** As below, in a zone that is known. */
  static Eligibility of(
      Category category,
      List<NotificationAlerts> alerts,
      boolean reachable,
      ZoneId zone,
      Instant now) {
    return of(category, alerts, reachable, Optional.of(zone), now);
  }

  /**
   * Decides for one device.
   *
   * @param alerts of the device, and of its account when it has one; every one must allow it
   * @param reachable whether the device has a push address
   * @param zone of the device; empty when it is not known, and then nobody knows when it is quiet
   */
  static Eligibility of(
      Category category,
      List<NotificationAlerts> alerts,
      boolean reachable,
      Optional<ZoneId> zone,
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
    if (zone.isEmpty() && alerts.stream().anyMatch(a -> a.quietHours().isPresent())) {
      return new Suppressed(Suppression.UNKNOWN_ZONE);
    }
    Instant notBefore = notBefore(alerts, zone, now);
    return notBefore.isAfter(now) ? new Later(notBefore) : new Eligible();
  }

  /** The end of the quiet hours that a moment lies in, or the moment itself. */
  static Instant notBefore(List<NotificationAlerts> alerts, Optional<ZoneId> zone, Instant at) {
    return alerts.stream()
        .map(a -> a.quietHours().flatMap(quiet -> zone.flatMap(z -> quiet.endAfter(at, z))))
        .flatMap(Optional::stream)
        .max(Comparator.naturalOrder())
        .orElse(at);
  }
}
