package io.towncrier.infra.cell;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How people sign in to the operators' console: the code flow with PKCE at the OIDC provider.
 *
 * @param clientId by which the provider knows the console; its redirect URI is {@code
 *     /console/callback} below the cell's public URL
 * @param confidential whether that client has a secret, which is then one of the cell's
 * @param scope what is asked for
 * @param audience that some providers want to be asked for; null where they do not. The access
 *     tokens must be for the audience of the API in any case
 * @param authServerUrl of another provider than the API's; null for the same
 */
public record ConsoleSettings(
    String clientId,
    boolean confidential,
    String scope,
    @Nullable String audience,
    @Nullable String authServerUrl) {
  private static final Pattern WORD = Pattern.compile("\\S{1,200}");
  private static final Pattern WORDS = Pattern.compile("\\S+( \\S+)*");

  public ConsoleSettings {
    Settings.need(
        clientId != null && WORD.matcher(clientId).matches(),
        "the console's client has an id without blanks: " + clientId);
    Settings.need(
        scope != null && WORDS.matcher(scope).matches(),
        "the console asks for a scope, such as openid: " + scope);
    Settings.need(
        audience == null || WORD.matcher(audience).matches(),
        "the console's audience is a word without blanks, or null: " + audience);
    Settings.need(
        authServerUrl == null || authServerUrl.startsWith("https://"),
        "sign-in to the console only by HTTPS");
  }
}
