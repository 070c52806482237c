package io.towncrier.notices.planning;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** No timer runs, and a few devices are several pages. */
public final class SmallPages implements QuarkusTestProfile {
  static final int PAGE = 4;

  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.scheduler.enabled", "false",
        "towncrier.notices.page", Integer.toString(PAGE),
        "towncrier.reports.page", "20",
        "towncrier.delivery.lease", "5s",
        "towncrier.fcm.request-timeout", "2s",
        "towncrier.delivery.batch", "16",
        "towncrier.delivery.in-flight", "32");
  }
}
