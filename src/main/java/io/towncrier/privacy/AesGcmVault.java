package io.towncrier.privacy;

import io.towncrier.platform.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a random nonce, the place being the associated data. */
@ApplicationScoped
class AesGcmVault implements Vault {
  private static final byte FORMAT = 1;
  // NIST SP 800-38D section 5.2.1.1 and 8.2: 96-bit nonce, 128-bit tag.
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final KeyRing keys;
  // To find a provider, and to expand the key anew, costs more than to open an address: a thread
  // keeps its cipher, which knows the key that it had last. Nonce and place are new each time.
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(AesGcmVault::newCipher);

  AesGcmVault(KeyRing keys) {
    this.keys = keys;
  }

  @Override
  public Sealed seal(Secret plain, Place place) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed =
          run(Cipher.ENCRYPT_MODE, nonce, place, plain.reveal().getBytes(StandardCharsets.UTF_8));
      return new Sealed(
          ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
              .put(FORMAT)
              .put(nonce)
              .put(sealed)
              .array());
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot seal", failure);
    }
  }

  @Override
  public Secret open(Sealed sealed, Place place) {
    ByteBuffer in = ByteBuffer.wrap(sealed.bytes());
    if (in.remaining() < 1 + NONCE_BYTES + TAG_BITS / 8 || in.get() != FORMAT) {
      throw new IllegalStateException("not a sealed value");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    try {
      return new Secret(
          new String(run(Cipher.DECRYPT_MODE, nonce, place, rest), StandardCharsets.UTF_8));
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException(
          "a sealed value of %s.%s does not open: changed, moved, or under another key"
              .formatted(place.table(), place.column()),
          failure);
    }
  }

  private byte[] run(int mode, byte[] nonce, Place place, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = ciphers.get();
    try {
      cipher.init(mode, keys.aesKey("vault"), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(
          String.join("\0", place.table(), place.column(), place.row())
              .getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException | RuntimeException failure) {
      // Nothing of what failed is carried into the next value.
      ciphers.remove();
      throw failure;
    }
  }

  private static Cipher newCipher() {
    try {
      return Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException("every JDK has AES/GCM/NoPadding", impossible);
    }
  }
}
