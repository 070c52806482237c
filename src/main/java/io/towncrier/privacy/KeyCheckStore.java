package io.towncrier.privacy;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.keys.VersionKeys;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Optional;

/** What the database knows of the master keys that it was made with. */
public interface KeyCheckStore {
  /** In the current transaction. */
  Uni<Known> known();

  /**
   * Keeps the check value of a version, unless another transaction has kept one; that one is waited
   * for.
   *
   * @return whether it was kept
   */
  Uni<Boolean> keep(int version, byte[] value);

  /**
   * What there is.
   *
   * @param values check values by version of the key; empty before the first
   * @param oldest the oldest sealed value; looked for only where there is no check value
   * @param isKeyed whether there is a device or an account, which a key was used for; likewise
   */
  record Known(Map<Integer, byte[]> values, Optional<Sample> oldest, boolean isKeyed) {
    public Known {
      values = Map.copyOf(values);
    }
  }

  /** A sealed value, and where it stands. */
  record Sample(Sealed sealed, Place place) {
    /** Whether it was sealed with these keys. */
    boolean opensWith(VersionKeys keys) {
      try {
        keys.open(sealed.bytes(), place.associated());
        return true;
      } catch (GeneralSecurityException another) {
        return false;
      }
    }
  }
}
