package io.towncrier.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.HashMap;
import java.util.Map;

/** Operators with names, and approvals. */
public final class WithApprovals implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    Map<String, String> settings = new HashMap<>(Tokens.settings());
    settings.put("towncrier.notices.approvals", "true");
    settings.put("towncrier.releases.approvals", "true");
    // Approvals cover what rollouts tell.
    settings.put("towncrier.rollout-notices.enabled", "true");
    settings.put("towncrier.rollout-notices.hours-from", "00:00");
    settings.put("towncrier.rollout-notices.hours-to", "23:59");
    return settings;
  }
}
