package io.towncrier.platform.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;
import java.util.Set;

/** What counts as a sign-in with more than one factor; any one value of either claim is enough. */
@ConfigMapping(prefix = "towncrier.sign-in")
public interface SignInConfig {
  /**
   * Values of the {@code acr} claim, which are the provider's to define. The defaults: a common
   * name, the two of OpenID's Extended Authentication Profile, and that of the REFEDS MFA Profile.
   */
  @WithDefault("mfa,phr,phrh,https://refeds.org/profile/mfa")
  Optional<Set<String>> acrValues();

  /** Values of the {@code amr} claim, RFC 8176 section 2. */
  @WithDefault("mfa,otp,hwk,sc")
  Optional<Set<String>> amrValues();
}
