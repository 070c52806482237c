package io.towncrier.console;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/** The pages that the service itself brings. */
@ConfigMapping(prefix = "towncrier.console")
public interface ConsoleConfig {
  /**
   * Who may show the page Notification Alerts in a frame: {@code none}, {@code self}, or origins
   * such as {@code https://account.example.com}. A web view of an app is no frame and needs none of
   * them.
   */
  @WithDefault("none")
  Set<String> frameAncestors();

  /** Whether the operators' console is served: its pages, and sessions by cookie. */
  @WithDefault("true")
  boolean operators();

  /** The name of this installation, which every page of the console shows: {@code eu}. */
  @WithDefault("towncrier")
  String cell();

  /** How people sign in to the console where there is OIDC. */
  Oidc oidc();

  /** The client that the provider knows the console as. */
  interface Oidc {
    /**
     * The client id of the console, for the code flow with PKCE; its redirect URI is {@code
     * /console/callback} below TOWNCRIER_PUBLIC_URL. Left out: nobody signs in to the console by
     * OIDC.
     */
    Optional<String> clientId();

    /** The secret of that client, or where it is kept; left out: a public client. */
    Optional<String> clientSecret();

    /** The provider, in place of QUARKUS_OIDC_AUTH_SERVER_URL. */
    Optional<URI> authServerUrl();

    /** What is asked for. */
    @WithDefault("openid")
    String scope();

    /** The audience that some providers want to be asked for. */
    Optional<String> audience();
  }
}
