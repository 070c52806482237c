package io.towncrier.privacy;

import io.towncrier.platform.Secrets;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.files.OwnerOnlyFile;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Derives every key from one master key: {@code TOWNCRIER_MASTER_KEY}, or a file in the data
 * directory. Read late, so that a function's snapshot holds no key. A key is never made on the way:
 * {@link KeyCheck} has it made, once it knows that the database holds nothing of an older one.
 */
@ApplicationScoped
public class KeyRing {
  /** The version of the master key; there is one so far. */
  static final int VERSION = 1;

  private static final int MASTER_BYTES = 32;
  private static final String SETTING = "TOWNCRIER_MASTER_KEY";
  private static final String NO_KEY = "it must be 32 bytes in base64, and is not";

  private final TowncrierConfig config;
  private final Secrets secrets;
  private volatile @Nullable DerivedKeys derived;

  KeyRing(TowncrierConfig config, Secrets secrets) {
    this.config = config;
    this.secrets = secrets;
  }

  /** What there is of the master key. May block. */
  KeyState state() {
    String place =
        config.masterKey().isPresent()
            ? SETTING
            : "the file " + file().toAbsolutePath().normalize();
    try {
      keys();
      return new KeyState.Present(place);
    } catch (MissingKey missing) {
      return new KeyState.Missing(place);
    } catch (IllegalStateException unusable) {
      return new KeyState.Unusable(place, NO_KEY);
    } catch (UncheckedIOException unreadable) {
      return new KeyState.Unusable(place, "it cannot be read: " + unreadable.getCause());
    }
  }

  /**
   * Makes the key file when there is no key.
   *
   * @return whether this call has made it
   */
  boolean makeIfMissing() {
    if (config.masterKey().isPresent()) {
      return false;
    }
    byte[] fresh = new byte[MASTER_BYTES];
    new SecureRandom().nextBytes(fresh);
    try {
      return OwnerOnlyFile.create(file(), Base64.getEncoder().encodeToString(fresh));
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  /** Removes the file that {@link #makeIfMissing} has just made, and that is of no use. */
  void unmake() {
    try {
      Files.deleteIfExists(file());
      derived = null;
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  /** What the database keeps of this key to know it again. */
  byte[] checkValue() {
    return mac("key-check", "towncrier");
  }

  /** An AES-256 key for one purpose; the same object as long as the master key is the same. */
  SecretKey aesKey(String purpose) {
    return keys().aes(purpose);
  }

  /** HMAC-SHA-256 of a text under the key of a purpose, 32 bytes. */
  byte[] mac(String purpose, String text) {
    return keys().mac(purpose, text);
  }

  private DerivedKeys keys() {
    DerivedKeys known = derived;
    if (known == null) {
      known =
          new DerivedKeys(
              config
                  .masterKey()
                  .map(secrets::reveal)
                  .map(KeyRing::decode)
                  .orElseGet(this::fromFile));
      derived = known;
    }
    return known;
  }

  private byte[] fromFile() {
    try {
      return decode(OwnerOnlyFile.read(file()).orElseThrow(MissingKey::new));
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  private Path file() {
    return config.dataDir().resolve("master.key");
  }

  private UncheckedIOException noKey(IOException failure) {
    return new UncheckedIOException(
        "No master key: set " + SETTING + ", or let this process write " + file(), failure);
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
    throw new IllegalStateException("the master key: " + NO_KEY);
  }

  private static final class MissingKey extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    MissingKey() {
      super("there is no master key");
    }
  }
}
