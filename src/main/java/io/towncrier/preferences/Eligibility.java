package io.towncrier.preferences;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Whether a push may go out now: the one rule, asked in every claim and in every preview. */
public sealed interface Eligibility {
  /** Comes for nobody. */
  Instant NEVER = Instant.MAX;

  /** After two days every hour of the clock has come twice, wherever it is. */
  Duration LOOKED_AHEAD = Duration.ofDays(2);

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
    return of(category, alerts, reachable, List.of(zone), now);
  }

  /**
   * Decides for one device.
   *
   * @param alerts of the device, and of its account when it has one; every one must allow it
   * @param reachable whether the device has a push address
   * @param zones in any of which the device may be: it is quiet when it is quiet in one of them
   */
  static Eligibility of(
      Category category,
      List<NotificationAlerts> alerts,
      boolean reachable,
      List<ZoneId> zones,
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
    Instant notBefore = notBefore(alerts, zones, now);
    if (notBefore.equals(NEVER)) {
      return new Suppressed(Suppression.UNKNOWN_ZONE);
    }
    return notBefore.isAfter(now) ? new Later(notBefore) : new Eligible();
  }

  /**
   * The end of the quiet hours that a moment lies in, or the moment itself. Of a device in an
   * unknown zone the first moment at which it is quiet nowhere; {@link #NEVER} when there is none,
   * as nobody knows then when it is quiet.
   */
  static Instant notBefore(List<NotificationAlerts> alerts, List<ZoneId> zones, Instant at) {
    Instant moment = at;
    while (moment.isBefore(at.plus(LOOKED_AHEAD))) {
      Instant asked = moment;
      Optional<Instant> end =
          alerts.stream()
              .flatMap(a -> a.quietHours().stream())
              .flatMap(
                  quiet -> zones.stream().flatMap(zone -> quiet.endAfter(asked, zone).stream()))
              .max(Comparator.naturalOrder());
      if (end.isEmpty()) {
        return moment;
      }
      if (zones.size() == 1) {
        return end.get();
      }
      moment = end.get();
    }
    return NEVER;
  }
}
