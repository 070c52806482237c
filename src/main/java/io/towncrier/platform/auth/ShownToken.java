package io.towncrier.platform.auth;

import io.quarkus.security.credential.Credential;
import io.towncrier.platform.Secret;
import java.util.Optional;

/**
 * What a client of hawkBit's DDI showed as its token; whether it is one, is another question.
 *
 * @param isGateways whether it is said to be a gateway's, in place of the device's own
 */
public record ShownToken(boolean isGateways, Secret token) implements Credential {
  private static final String TARGET = "TargetToken ";
  private static final String GATEWAY = "GatewayToken ";

  /** From the header Authorization; empty when it has another form. */
  static Optional<ShownToken> of(String header) {
    return after(TARGET, header)
        .map(token -> new ShownToken(false, token))
        .or(() -> after(GATEWAY, header).map(token -> new ShownToken(true, token)));
  }

  private static Optional<Secret> after(String scheme, String header) {
    return header.regionMatches(true, 0, scheme, 0, scheme.length())
        ? Optional.of(header.substring(scheme.length()).trim())
            .filter(token -> !token.isEmpty())
            .map(Secret::new)
        : Optional.empty();
  }
}
