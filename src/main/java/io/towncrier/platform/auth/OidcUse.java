package io.towncrier.platform.auth;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Whether people sign in by OIDC here, or by what the plain server knows by itself. */
@ApplicationScoped
public class OidcUse {
  private final boolean configured;

  OidcUse(
      @ConfigProperty(name = OidcSwitch.AUTH_SERVER) Optional<String> authServer,
      @ConfigProperty(name = OidcSwitch.PUBLIC_KEY) Optional<String> publicKey) {
    this.configured = authServer.isPresent() || publicKey.isPresent();
  }

  public boolean isConfigured() {
    return configured;
  }
}
