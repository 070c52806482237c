package io.towncrier.privacy;

import io.towncrier.privacy.keys.AesGcm;
import io.towncrier.privacy.keys.DerivedKeys;
import io.towncrier.privacy.keys.Wrapping;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Wraps with the master key; unwraps also with the one before it, and the one that comes next. */
@ApplicationScoped
class MasterKeyWrapping implements Wrapping {
  private static final String KIND = "master-key:";
  private static final int FINGERPRINT_BYTES = 8;

  private final KeyRing keys;
  private final @Nullable DerivedKeys next;

  @Inject
  MasterKeyWrapping(KeyRing keys) {
    this(keys, null);
  }

  /**
   * Wraps with another key than the ring's.
   *
   * @param next the one that takes its place; none: the ring's own
   */
  MasterKeyWrapping(KeyRing keys, @Nullable DerivedKeys next) {
    this.keys = keys;
    this.next = next;
  }

  private DerivedKeys wrapper() {
    return next == null ? keys.wrapping() : next;
  }

  @Override
  public boolean isConfigured() {
    return keys.wraps();
  }

  @Override
  public String name() {
    return nameOf(wrapper());
  }

  @Override
  public boolean knows(String name) {
    return name.startsWith(KIND);
  }

  @Override
  public byte[] wrap(byte[] material, int version) {
    return cipher(wrapper()).seal(material, place(version));
  }

  @Override
  public Unwrapped unwrap(byte[] wrapped, int version, String name) {
    Optional<DerivedKeys> wrapper =
        keys.candidates().stream().filter(key -> nameOf(key).equals(name)).findFirst();
    if (wrapper.isEmpty()) {
      return new Unwrapped.Refused(KeyVerdict.because(keys.state()));
    }
    try {
      return new Unwrapped.Material(cipher(wrapper.get()).open(wrapped, place(version)));
    } catch (GeneralSecurityException cut) {
      return new Unwrapped.Refused(
          "version %d of the keys in the table key_version was cut or changed: put it back from a backup of the database. %s"
              .formatted(version, KeyVerdict.WAY_OUT));
    }
  }

  static String nameOf(DerivedKeys key) {
    return KIND
        + HexFormat.of()
            .formatHex(Arrays.copyOf(key.mac("key-name", "towncrier"), FINGERPRINT_BYTES));
  }

  private static AesGcm cipher(DerivedKeys key) {
    return new AesGcm(key.aes("wrapping"));
  }

  private static byte[] place(int version) {
    return ("key_version\0wrapped\0" + version).getBytes(StandardCharsets.UTF_8);
  }
}
