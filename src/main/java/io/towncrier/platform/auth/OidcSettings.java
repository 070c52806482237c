package io.towncrier.platform.auth;

import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** Refuses OIDC that is half configured, in every flavour. */
@ApplicationScoped
public class OidcSettings {
  private static final String AUDIENCE = "quarkus.oidc.token.audience";
  private static final String ISSUER = "quarkus.oidc.token.issuer";
  // What switches a check off in Quarkus.
  private static final String UNCHECKED = "any";

  private final Config config;
  private final SignInConfig signIn;

  OidcSettings(Config config, SignInConfig signIn) {
    this.config = config;
    this.signIn = signIn;
  }

  void check(@Observes StartupEvent event) {
    refusal(config)
        .ifPresent(
            reason -> {
              throw new IllegalStateException(reason);
            });
    // Its values are looked at here, not at the first sign-in.
    MultiFactor.of(signIn);
  }

  /**
   * Why the service must not start with these settings. An auth server tells its issuer itself;
   * beside a public key it has to be named. No provider tells the audience.
   */
  public static Optional<String> refusal(Config config) {
    boolean server = text(config, OidcSwitch.AUTH_SERVER).isPresent();
    boolean key = text(config, OidcSwitch.PUBLIC_KEY).isPresent();
    if (!server && !key) {
      return Optional.empty();
    }
    Optional<String> issuer = text(config, ISSUER);
    if (text(config, AUDIENCE).filter(a -> !a.equals(UNCHECKED)).isEmpty()) {
      return Optional.of(
          "QUARKUS_OIDC_TOKEN_AUDIENCE must name this service:"
              + " without it, a token that was issued for another one would count.");
    }
    if (issuer.isEmpty() ? key && !server : issuer.get().equals(UNCHECKED)) {
      return Optional.of(
          "QUARKUS_OIDC_TOKEN_ISSUER must name who issues the tokens:"
              + " without it, whatever else this key signs would count.");
    }
    return Optional.empty();
  }

  private static Optional<String> text(Config config, String name) {
    return config.getOptionalValue(name, String.class).filter(value -> !value.isBlank());
  }
}
