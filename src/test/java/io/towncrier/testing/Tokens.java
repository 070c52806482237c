package io.towncrier.testing;

import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An OIDC provider, as far as its tokens go: a key, an issuer, an audience. */
public final class Tokens {
  public static final String ISSUER = "https://id.example.com/realms/towncrier";
  public static final String AUDIENCE = "towncrier-api";
  public static final KeyPair KEYS = keyPair();

  private Tokens() {}

  /** What the service must be told about the provider. */
  public static Map<String, String> settings() {
    return Map.of(
        "quarkus.oidc.public-key", publicKey(),
        "quarkus.oidc.token.issuer", ISSUER,
        "quarkus.oidc.token.audience", AUDIENCE);
  }

  /** As settings write it. */
  public static String publicKey() {
    return Base64.getEncoder().encodeToString(KEYS.getPublic().getEncoded());
  }

  /** The token of a user who signed in with a password alone. */
  public static String user(String subject) {
    return signed(claims(subject).claim("amr", List.of("pwd")));
  }

  /** The token of an operator who signed in with two factors. */
  public static String operator(String subject) {
    return signed(claims(subject).groups("operator").claim("amr", List.of("pwd", "otp")));
  }

  /** The token of an operator who signed in with a password alone. */
  public static String operatorWithoutMultiFactor(String subject) {
    return signed(
        claims(subject).groups("operator").claim("amr", List.of("pwd")).claim("acr", "1"));
  }

  /** The token of somebody who may look and change nothing, signed in with two factors. */
  public static String viewer(String subject) {
    return signed(claims(subject).groups("viewer").claim("amr", List.of("pwd", "otp")));
  }

  /** What a good token says; a test changes what it is about. */
  public static JwtClaimsBuilder claims(String subject) {
    return Jwt.subject(subject)
        .issuer(ISSUER)
        .audience(Set.of(AUDIENCE))
        .groups(Set.of())
        .expiresIn(600);
  }

  public static String signed(JwtClaimsBuilder claims) {
    return claims.sign(KEYS.getPrivate());
  }

  public static KeyPair keyPair() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
