package io.towncrier.notices;

import io.smallrye.mutiny.Uni;
import io.towncrier.preferences.NotificationAlerts;
import java.time.Instant;
import java.util.List;

/** The devices of an audience, as sets. */
public interface Recipients {
  /**
   * Plans one delivery for each device of the audience.
   *
   * @return how many
   */
  Uni<Integer> plan(String notice, Audience audience, Instant dueAt);

  /** The audience in groups of the same country, language and say in pushes. */
  Uni<List<Group>> groups(Audience audience);

  /**
   * Devices that are alike for a preview.
   *
   * @param alerts of the device and of its account, without quiet hours, which only delay
   */
  record Group(
      String country,
      String language,
      boolean reachable,
      List<NotificationAlerts> alerts,
      long devices) {}
}
