package io.towncrier.platform.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What counts as a sign-in with more than one factor: any one value of either claim. */
@ConfigMapping(prefix = "towncrier.sign-in")
public interface SignInConfig {
  /**
   * Values of the claim {@code acr} that show a sign-in with more than one factor. The provider
   * defines them. The defaults: a common name, two of OpenID's Extended Authentication Profile, and
   * the REFEDS MFA Profile.
   */
  @WithDefault("mfa,phr,phrh,https://refeds.org/profile/mfa")
  Optional<Set<String>> acrValues();

  /** Values of the claim {@code amr} that show the same (RFC 8176 section 2); one is enough. */
  @WithDefault("mfa,otp,hwk,sc")
  Optional<Set<String>> amrValues();
}
