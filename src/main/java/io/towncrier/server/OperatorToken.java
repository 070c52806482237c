package io.towncrier.server;

import io.towncrier.platform.Ids;
import io.towncrier.platform.Secret;
import io.towncrier.platform.StartRefused;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.auth.LocalCredentials;
import io.towncrier.platform.auth.Roles;
import io.towncrier.platform.files.OwnerOnlyFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The operator's token of a server without OIDC: given by configuration, or made at the first
 * start. One counts at a time, the newest, and its hash is kept; those before it never count again.
 * A plain hash does: the token has 260 random bits.
 */
@ApplicationScoped
public class OperatorToken implements LocalCredentials {
  private static final int SHORTEST = 20;
  private static final String SETTING = "TOWNCRIER_OPERATOR_TOKEN";
  private static final String WEAK = SETTING + " must have at least " + SHORTEST + " characters";

  private final TowncrierConfig config;
  private final boolean oidc;

  OperatorToken(
      TowncrierConfig config,
      @ConfigProperty(name = "quarkus.oidc.tenant-enabled", defaultValue = "false") boolean oidc) {
    this.config = config;
    this.oidc = oidc;
  }

  /** Why no server may start with these settings. */
  static Optional<String> refusal(Config config) {
    return config
        .getOptionalValue("towncrier.operator-token", String.class)
        .filter(token -> token.length() < SHORTEST)
        .map(weak -> WEAK + ". Its value is too short; unset it, and one is made.");
  }

  @Override
  public Optional<Caller> callerOf(Secret token) {
    return read(current(config))
        .filter(hash -> MessageDigest.isEqual(ascii(hash), ascii(hash(token.reveal()))))
        .map(hash -> new Caller("local-operator", Roles.OPERATOR, hash(hash)));
  }

  @Override
  public boolean counts(String mark) {
    return read(current(config)).map(OperatorToken::hash).filter(mark::equals).isPresent();
  }

  /**
   * Makes a token when none was ever made or given; a given one takes the place of the one before.
   *
   * @return the new one, to be shown once
   * @throws StartRefused when the configured one could be guessed, or was turned over
   */
  Optional<Secret> makeIfMissing() throws StartRefused {
    if (oidc) {
      return Optional.empty();
    }
    if (config.operatorToken().isPresent()) {
      take(config.operatorToken().get());
      return Optional.empty();
    }
    Secret fresh = Ids.nextSecret("op");
    try {
      return OwnerOnlyFile.create(current(config), hash(fresh.reveal()))
          ? Optional.of(fresh)
          : Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Makes a new token; a server that runs takes no other from then on.
   *
   * @return the new one, to be shown once
   */
  public static Secret turnOver(TowncrierConfig config) {
    Secret fresh = Ids.nextSecret("op");
    replace(config, hash(fresh.reveal()));
    return fresh;
  }

  private void take(String given) throws StartRefused {
    if (given.length() < SHORTEST) {
      throw new StartRefused(WEAK);
    }
    String hash = hash(given);
    if (read(ended(config)).orElse("").lines().anyMatch(hash::equals)) {
      throw new StartRefused(
          SETTING
              + " holds a token that was turned over, and never counts again."
              + " Set a new one, or unset it: the newest one counts then.");
    }
    if (!read(current(config)).filter(hash::equals).isPresent()) {
      replace(config, hash);
    }
  }

  /** First the one before is written down as ended: a kill in between ends it too early. */
  private static void replace(TowncrierConfig config, String hash) {
    try {
      Optional<String> before = read(current(config));
      if (before.isPresent()) {
        String ended = read(ended(config)).map(hashes -> hashes + "\n").orElse("");
        OwnerOnlyFile.replace(ended(config), ended + before.get());
      }
      OwnerOnlyFile.replace(current(config), hash);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Path current(TowncrierConfig config) {
    return config.dataDir().resolve("operator-token.sha256");
  }

  private static Path ended(TowncrierConfig config) {
    return config.dataDir().resolve("operator-tokens-ended.sha256");
  }

  private static Optional<String> read(Path file) {
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
