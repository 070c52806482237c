package io.towncrier.preferences;

import java.time.Instant;
import java.util.Locale;

/**
 * One change of notification alerts, as it is kept.
 *
 * @param source from where it came
 * @param was before it
 * @param became after it; has the version that it made
 */
public record AlertsChange(
    Source source, NotificationAlerts was, NotificationAlerts became, Instant at) {
  public AlertsChange {
    if (became.version() != was.version() + 1) {
      throw new IllegalArgumentException("a change makes the next version");
    }
  }

  /** Who changed it. */
  public enum Source {
    DEVICE,
    ACCOUNT,
    OPERATOR,
    RETENTION;

    /** As it stands in JSON. */
    public String code() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
