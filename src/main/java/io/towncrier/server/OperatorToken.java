package io.towncrier.server;

import io.towncrier.platform.Ids;
import io.towncrier.platform.OwnerOnlyFile;
import io.towncrier.platform.Secret;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.Roles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The operator's token of a server without OIDC: given by configuration, or made at the first start
 * and kept as a hash. A plain hash does: the token has 260 random bits.
 */
@ApplicationScoped
public class OperatorToken implements LocalCredentials {
  private static final int SHORTEST = 20;

  private final TowncrierConfig config;
  private final boolean oidc;
  private final Path file;

  OperatorToken(
      TowncrierConfig config,
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean oidc) {
    this.config = config;
    this.oidc = oidc;
    this.file = config.dataDir().resolve("operator-token.sha256");
  }

  @Override
  public Optional<Caller> callerOf(Secret token) {
    return expectedHash()
        .filter(hash -> MessageDigest.isEqual(ascii(hash), ascii(hash(token.reveal()))))
        .map(hash -> new Caller("local-operator", Roles.OPERATOR));
  }

  /**
   * Makes a token when none was ever made or given.
   *
   * @return the new one, to be shown once
   * @throws IllegalStateException when the configured one could be guessed
   */
  Optional<Secret> makeIfMissing() {
    if (oidc) {
      return Optional.empty();
    }
    if (config.operatorToken().isPresent()) {
      if (config.operatorToken().get().length() < SHORTEST) {
        throw new IllegalStateException(
            "TOWNCRIER_OPERATOR_TOKEN must have at least " + SHORTEST + " characters");
      }
      return Optional.empty();
    }
    Secret fresh = Ids.nextSecret("op");
    try {
      return OwnerOnlyFile.create(file, hash(fresh.reveal()))
          ? Optional.of(fresh)
          : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private Optional<String> expectedHash() {
    if (config.operatorToken().isPresent()) {
      return config.operatorToken().map(OperatorToken::hash);
    }
    try {
      return OwnerOnlyFile.read(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
