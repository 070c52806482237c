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
    return Map.ofEntries(
        Map.entry("quarkus.scheduler.enabled", "false"),
        Map.entry("towncrier.delivery.lease", "5s"),
        Map.entry("towncrier.delivery.batch", "16"),
        Map.entry("towncrier.delivery.in-flight", "32"),
        Map.entry("towncrier.fcm.request-timeout", "2s"),
        // Two providers side by side.
        Map.entry("towncrier.residency.push-providers", "fcm,getui"),
        Map.entry("towncrier.getui.request-timeout", "2s"),
        Map.entry("towncrier.rollout-notices.enabled", "true"),
        // Every hour is a decent one, or the tests would depend on when they run.
        Map.entry("towncrier.rollout-notices.hours-from", "00:00"),
        Map.entry("towncrier.rollout-notices.hours-to", "23:59"),
        Map.entry("towncrier.rollout-notices.page", "4"),
        Map.entry("towncrier.rollout-notices.download-budget", "1000000"));
  }
}
