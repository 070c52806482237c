package io.towncrier.privacy;

import io.towncrier.platform.Secrets;
import io.towncrier.platform.TowncrierConfig;

/** The keys of an installation that is not running: for commands. */
public final class OfflineKeys {
  private final KeyRing keys;
  private final Vault vault;

  private OfflineKeys(KeyRing keys) {
    this.keys = keys;
    this.vault = new AesGcmVault(keys);
  }

  public static OfflineKeys of(TowncrierConfig config) {
    return new OfflineKeys(new KeyRing(config, Secrets.PLAIN));
  }

  public KeyState state() {
    return keys.state();
  }

  /** Makes the key file when there is no key; whether it has. */
  public boolean makeIfMissing() {
    return keys.makeIfMissing();
  }

  /** Whether the key opens a sealed value. */
  public boolean opens(KeyCheckStore.Sample sample) {
    return sample.opensWith(vault);
  }

  /** The version of the key, which has the check value {@link #checkValue}. */
  public int version() {
    return KeyRing.VERSION;
  }

  /** What the database keeps of the key; 32 bytes. */
  public byte[] checkValue() {
    return keys.checkValue();
  }
}
