package io.towncrier.delivery.sending;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** The tests claim and send themselves, under leases that run out while one can wait for it. */
public final class FenceProfile implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Map.of(
        "quarkus.scheduler.enabled", "false",
        "towncrier.delivery.lease", "5s",
        "towncrier.delivery.batch", "16",
        "towncrier.delivery.in-flight", "32",
        "towncrier.fcm.request-timeout", "2s");
  }
}
