package io.towncrier.testing;

import io.quarkus.test.junit.QuarkusTestProfile;
import java.util.Map;

/** OIDC by a public key, with the provider of {@link Tokens}. */
public final class WithOidc implements QuarkusTestProfile {
  @Override
  public Map<String, String> getConfigOverrides() {
    return Tokens.settings();
  }
}
