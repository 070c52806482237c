package io.towncrier.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/**
 * No timer runs: the tests claim, send and announce themselves, under leases that run out while one
 * can wait for it, and in pages that a small fleet fills.
 */
public final class ByHand implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.scheduler.enabled", "false",
        "towncrier.delivery.lease", "5s",
        "towncrier.delivery.batch", "16",
        "towncrier.delivery.in-flight", "32",
        "towncrier.fcm.request-timeout", "2s",
        "towncrier.rollout-notices.enabled", "true",
        // Every hour is a decent one, or the tests would depend on when they run.
        "towncrier.rollout-notices.hours-from", "00:00",
        "towncrier.rollout-notices.hours-to", "23:59",
        "towncrier.rollout-notices.page", "4",
        "towncrier.rollout-notices.download-budget", "1000000");
  }
}
