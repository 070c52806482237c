package io.towncrier.infra.cell;

/**
 * Whose tokens the API takes.
 *
 * @param authServerUrl of the OIDC provider
 * @param audience that a token must be meant for
 * @param issuer that a token must come from
 */
public record SignInSettings(String authServerUrl, String audience, String issuer) {
  public SignInSettings {
    Settings.need(authServerUrl.startsWith("https://"), "sign-in only by HTTPS");
  }
}
