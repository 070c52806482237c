package io.towncrier.privacy;

import io.towncrier.platform.Secrets;
import io.towncrier.platform.TowncrierConfig;
import io.towncrier.platform.files.OwnerOnlyFile;
import io.towncrier.privacy.keys.DerivedKeys;
import io.towncrier.privacy.keys.FirstKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The master key: {@code TOWNCRIER_MASTER_KEY}, or a file in the data directory. It wraps the keys
 * in the database, and those of version 1 are derived from it. Read late, so that a function's
 * snapshot holds no key. A key is never made on the way: {@link KeyCheck} has it made, once it
 * knows that the database holds nothing of an older one.
 */
@ApplicationScoped
public class KeyRing {
  /** The version of the keys that are derived from the master key. */
  static final int VERSION = FirstKeys.VERSION;

  private static final String FILE = "master.key";
  private static final String NEXT_FILE = "master.key.next";
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
    return keys().mac("key-check", "towncrier");
  }

  /** The key itself: the keys of version 1 are made of it. */
  byte[] material() {
    return read();
  }

  /** The keys of version 1. */
  FirstKeys first() {
    return new FirstKeys(keys());
  }

  /** What wraps new keys. Read anew: a command may have changed the file beside this process. */
  DerivedKeys wrapping() {
    derived = null;
    return keys();
  }

  /**
   * What may have wrapped the keys of the database: this key, the one before it, and the one that a
   * change of the file has made and not yet put in its place. Those that are there, read anew.
   */
  List<DerivedKeys> candidates() {
    derived = null;
    List<DerivedKeys> candidates = new ArrayList<>();
    if (state() instanceof KeyState.Present) {
      candidates.add(keys());
    }
    config
        .formerMasterKey()
        .map(secrets::reveal)
        .map(KeyRing::decode)
        .map(DerivedKeys::new)
        .ifPresent(candidates::add);
    if (isFile()) {
      next().map(DerivedKeys::new).ifPresent(candidates::add);
    }
    return candidates;
  }

  /** Makes the file of the next master key, unless it is there already. */
  DerivedKeys makeNext() {
    byte[] fresh = new byte[MASTER_BYTES];
    new SecureRandom().nextBytes(fresh);
    try {
      OwnerOnlyFile.create(nextFile(), Base64.getEncoder().encodeToString(fresh));
      return new DerivedKeys(next().orElseThrow(MissingKey::new));
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  boolean hasNext() {
    return Files.exists(nextFile());
  }

  /** The next master key becomes the master key, whole or not at all. */
  void takeNext() {
    try {
      Files.move(nextFile(), file(), StandardCopyOption.ATOMIC_MOVE);
      derived = null;
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  /** Whether it wraps the keys of the database; KMS does it where it is configured. */
  boolean wraps() {
    return config.kmsKey().isEmpty();
  }

  /** Whether the key is a file of ours. */
  boolean isFile() {
    return config.masterKey().isEmpty();
  }

  private Optional<byte[]> next() {
    try {
      return OwnerOnlyFile.read(nextFile()).map(KeyRing::decode);
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  private DerivedKeys keys() {
    DerivedKeys known = derived;
    if (known == null) {
      known = new DerivedKeys(read());
      derived = known;
    }
    return known;
  }

  private byte[] read() {
    return config.masterKey().map(secrets::reveal).map(KeyRing::decode).orElseGet(this::fromFile);
  }

  private byte[] fromFile() {
    try {
      return decode(OwnerOnlyFile.read(file()).orElseThrow(MissingKey::new));
    } catch (IOException failure) {
      throw noKey(failure);
    }
  }

  private Path file() {
    return config.dataDir().resolve(FILE);
  }

  private Path nextFile() {
    return config.dataDir().resolve(NEXT_FILE);
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
