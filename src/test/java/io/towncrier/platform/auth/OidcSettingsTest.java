package io.towncrier.platform.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OidcSettingsTest {
  private static final String KEY = "quarkus.oidc.public-key";
  private static final String SERVER = "quarkus.oidc.auth-server-url";
  private static final String ISSUER = "quarkus.oidc.token.issuer";
  private static final String AUDIENCE = "quarkus.oidc.token.audience";

  @Test
  void withoutOidcNothingIsAsked() {
    assertThat(refusal(Map.of())).isEmpty();
    assertThat(refusal(Map.of(KEY, " ", SERVER, ""))).isEmpty();
  }

  @Test
  void aPublicKeyNeedsIssuerAndAudience() {
    Map<String, String> whole = Map.of(KEY, "k", ISSUER, "https://i", AUDIENCE, "towncrier");
    assertThat(refusal(whole)).isEmpty();
    assertThat(refusal(without(whole, AUDIENCE)).orElse(""))
        .contains("QUARKUS_OIDC_TOKEN_AUDIENCE");
    assertThat(refusal(without(whole, ISSUER)).orElse("")).contains("QUARKUS_OIDC_TOKEN_ISSUER");
  }

  @Test
  void anAuthServerTellsItsIssuerButNotTheAudience() {
    assertThat(refusal(Map.of(SERVER, "https://i", AUDIENCE, "towncrier"))).isEmpty();
    assertThat(refusal(Map.of(SERVER, "https://i")).orElse(""))
        .contains("QUARKUS_OIDC_TOKEN_AUDIENCE");
  }

  @Test
  void aCheckCannotBeSwitchedOff() {
    assertThat(refusal(Map.of(SERVER, "https://i", AUDIENCE, "any"))).isPresent();
    assertThat(refusal(Map.of(SERVER, "https://i", ISSUER, "any", AUDIENCE, "a"))).isPresent();
    assertThat(refusal(Map.of(KEY, "k", ISSUER, "any", AUDIENCE, "a"))).isPresent();
  }

  private static Map<String, String> without(Map<String, String> settings, String name) {
    Map<String, String> rest = new HashMap<>(settings);
    rest.remove(name);
    return rest;
  }

  private static Optional<String> refusal(Map<String, String> settings) {
    return OidcSettings.refusal(new SmallRyeConfigBuilder().withDefaultValues(settings).build());
  }
}
