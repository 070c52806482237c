package io.towncrier.privacy.tink;

import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.Key;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.Parameters;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AesGcmKey;
import com.google.crypto.tink.aead.AesGcmKeyManager;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import com.google.crypto.tink.mac.HmacKey;
import com.google.crypto.tink.mac.HmacKeyManager;
import com.google.crypto.tink.mac.PredefinedMacParameters;
import io.towncrier.privacy.keys.Keysets;
import io.towncrier.privacy.keys.VersionKeys;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;

/**
 * Two keysets a version, of one key each: AES-256-GCM and HMAC-SHA-256. The id of a key is its
 * version, so that what it makes says which version it is of. Only these two kinds of keys are
 * registered with Tink: all of its configuration costs a cold function twice the time.
 */
@ApplicationScoped
public class TinkKeysets implements Keysets {
  static {
    try {
      AesGcmKeyManager.register(true);
      HmacKeyManager.register(true);
    } catch (GeneralSecurityException impossible) {
      throw new ExceptionInInitializerError(impossible);
    }
  }

  @Override
  public void prime() {
    // The class is loaded with this call, and Tink with the class.
  }

  @Override
  public byte[] generate(int version) {
    try {
      byte[] seal = keyset(PredefinedAeadParameters.AES256_GCM, version);
      byte[] mac = keyset(PredefinedMacParameters.HMAC_SHA256_256BITTAG, version);
      return ByteBuffer.allocate(Integer.BYTES + seal.length + mac.length)
          .putInt(seal.length)
          .put(seal)
          .put(mac)
          .array();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot make keys", failure);
    }
  }

  @Override
  public VersionKeys open(int version, byte[] material) {
    try {
      ByteBuffer in = ByteBuffer.wrap(material);
      byte[] seal = new byte[Math.min(Math.max(in.getInt(), 0), in.remaining())];
      in.get(seal);
      byte[] mac = new byte[in.remaining()];
      in.get(mac);
      if (parsed(seal) instanceof AesGcmKey sealing && parsed(mac) instanceof HmacKey hashing) {
        return new TinkKeys(version, sealing, hashing);
      }
      throw new GeneralSecurityException("keys of another kind");
    } catch (GeneralSecurityException | BufferUnderflowException garbled) {
      throw new IllegalArgumentException("these are no keysets", garbled);
    }
  }

  private static byte[] keyset(Parameters parameters, int version) throws GeneralSecurityException {
    // Only wrapped do they leave the memory: privacy.keys.Wrapping.
    return TinkProtoKeysetFormat.serializeKeyset(
        KeysetHandle.newBuilder()
            .addEntry(
                KeysetHandle.generateEntryFromParameters(parameters)
                    .withFixedId(version)
                    .makePrimary())
            .build(),
        InsecureSecretKeyAccess.get());
  }

  private static Key parsed(byte[] keyset) throws GeneralSecurityException {
    return TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
        .getPrimary()
        .getKey();
  }
}
