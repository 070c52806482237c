package io.towncrier.privacy;

import io.towncrier.platform.OwnerOnlyFile;
import io.towncrier.platform.Secrets;
import io.towncrier.platform.TowncrierConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Derives every key from one master key: {@code TOWNCRIER_MASTER_KEY}, or a file that is made at
 * the first use. Read late, so that a function's snapshot holds no key.
 */
@ApplicationScoped
public class KeyRing {
  private static final int MASTER_BYTES = 32;

  private final TowncrierConfig config;
  private final Secrets secrets;
  private volatile byte @Nullable [] master;

  KeyRing(TowncrierConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /** An AES-256 key for one purpose. */
  SecretKeySpec aesKey(String purpose) {
    return new SecretKeySpec(mac("key/" + purpose, ""), "AES");
  }

  /** HMAC-SHA-256 of a text under the key of a purpose, 32 bytes. */
  byte[] mac(String purpose, String text) {
    return hmac(hmac(master(), purpose), text);
  }

  private byte[] master() {
    byte[] known = master;
    if (known == null) {
      known =
          config.masterKey().map(secrets::reveal).map(KeyRing::decode).orElseGet(this::fromFile);
      master = known;
    }
    return known;
  }

  private byte[] fromFile() {
    Path file = config.dataDir().resolve("master.key");
    try {
      Optional<String> known = OwnerOnlyFile.read(file);
      if (known.isEmpty()) {
        byte[] fresh = new byte[MASTER_BYTES];
        new SecureRandom().nextBytes(fresh);
        OwnerOnlyFile.create(file, Base64.getEncoder().encodeToString(fresh));
        known = OwnerOnlyFile.read(file);
      }
      return decode(known.orElseThrow());
    } catch (IOException failure) {
      throw new UncheckedIOException(
          "No master key: set TOWNCRIER_MASTER_KEY, or let this process write " + file, failure);
    }
  }

  private static byte[] decode(String base64) {
    try {
      byte[] bytes = Base64.getDecoder().decode(base64);
      if (bytes.length == MASTER_BYTES) {
        return bytes;
      }
    } catch (IllegalArgumentException noBase64) {
      // Told below, without the text.
    }
    throw new IllegalStateException("the master key must be 32 bytes in base64");
  }

  private static byte[] hmac(byte[] key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, "HmacSHA256"));
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has HmacSHA256", impossible);
    }
  }
}
