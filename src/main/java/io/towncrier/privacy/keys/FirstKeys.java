package io.towncrier.privacy.keys;

import java.security.GeneralSecurityException;

/** Version 1: derived from the master key, as all keys were before there were versions. */
public final class FirstKeys implements VersionKeys {
  public static final int VERSION = 1;

  private final DerivedKeys derived;
  private final AesGcm vault;

  public FirstKeys(DerivedKeys derived) {
    this.derived = derived;
    this.vault = new AesGcm(derived.aes("vault"));
  }

  /** The keys of a master key. */
  public static FirstKeys of(byte[] masterKey) {
    return new FirstKeys(new DerivedKeys(masterKey));
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public byte[] seal(byte[] plain, byte[] place) {
    return vault.seal(plain, place);
  }

  @Override
  public byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
    return vault.open(sealed, place);
  }

  @Override
  public byte[] mac(String purpose, String text) {
    // The check value is older than the blind index.
    return derived.mac(purpose.equals("key-check") ? purpose : "blind-index/" + purpose, text);
  }
}
