package io.towncrier.privacy.keys;

import java.security.GeneralSecurityException;

/** The keys of one version, open in memory: one to seal with, one for keyed hashes. */
public interface VersionKeys {
  /** From 1 on; the first one is derived from the master key, the others are keysets of Tink. */
  int version();

  /** Encrypts; the result says by itself which version it is of. */
  byte[] seal(byte[] plain, byte[] place);

  /**
   * The reverse.
   *
   * @throws GeneralSecurityException when it was changed, or belongs to another place
   */
  byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException;

  /** A keyed hash; of version 1 it has 32 bytes, of the others 37 with the version in front. */
  byte[] mac(String purpose, String text);
}
