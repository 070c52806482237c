package io.towncrier.infra.cell;

import org.jspecify.annotations.Nullable;

/**
 * Whose tokens the API takes, and how people sign in to the console.
 *
 * @param authServerUrl of the OIDC provider
 * @param audience that a token must be meant for
 * @param issuer that a token must come from
 * @param console null for a cell without a console
 */
public record SignInSettings(
    String authServerUrl, String audience, String issuer, @Nullable ConsoleSettings console) {
  public SignInSettings {
    Settings.need(authServerUrl.startsWith("https://"), "sign-in only by HTTPS");
  }

  /** Whether the console's client has a secret. */
  public boolean consoleHasSecret() {
    return console != null && console.confidential();
  }
}
