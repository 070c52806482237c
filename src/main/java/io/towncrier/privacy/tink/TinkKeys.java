package io.towncrier.privacy.tink;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Mac;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.crypto.tink.subtle.PrfMac;
import io.towncrier.privacy.keys.SealedForm;
import io.towncrier.privacy.keys.VersionKeys;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/** One version, open. */
final class TinkKeys implements VersionKeys {
  private final int version;
  private final Aead aead;
  private final Mac mac;

  TinkKeys(int version, AesGcmKey seal, HmacKey mac) throws GeneralSecurityException {
    this.version = version;
    this.aead = AesGcmJce.create(seal);
    this.mac = PrfMac.create(mac);
  }

  @Override
  public int version() {
    return version;
  }

  @Override
  public byte[] seal(byte[] plain, byte[] place) {
    try {
      byte[] encrypted = aead.encrypt(plain, place);
      byte[] sealed = new byte[1 + encrypted.length];
      sealed[0] = SealedForm.OF_TINK;
      System.arraycopy(encrypted, 0, sealed, 1, encrypted.length);
      return sealed;
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot seal", failure);
    }
  }

  @Override
  public byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
    return aead.decrypt(Arrays.copyOfRange(sealed, 1, sealed.length), place);
  }

  @Override
  public byte[] mac(String purpose, String text) {
    try {
      // No purpose holds a zero: all of them are names in the code.
      return mac.computeMac((purpose + '\0' + text).getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot compute a keyed hash", failure);
    }
  }
}
