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
    // People sign in to the console at a provider of the tests.
    settings.put("towncrier.public-url", LoopbackSignIn.PUBLIC_URL);
    settings.put("towncrier.console.oidc.client-id", LoopbackSignIn.CLIENT);
    settings.put("towncrier.console.oidc.client-secret", LoopbackSignIn.SECRET);
    settings.put("towncrier.console.oidc.auth-server-url", new LoopbackSignIn().url());
    // Approvals cover what rollouts tell.
    settings.put("towncrier.rollout-notices.enabled", "true");
    settings.put("towncrier.rollout-notices.hours-from", "00:00");
    settings.put("towncrier.rollout-notices.hours-to", "23:59");
    return settings;
  }
}
