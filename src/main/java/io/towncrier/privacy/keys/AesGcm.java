package io.towncrier.privacy.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with a random nonce in front: format 1, in which keys are wrapped, too. */
public final class AesGcm {
  private static final byte FORMAT = 1;
  // NIST SP 800-38D section 5.2.1.1 and 8.2: 96-bit nonce, 128-bit tag.
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  // To find a provider, and to expand the key anew, costs more than to open an address: a thread
  // keeps its cipher, which knows the key that it had last. Nonce and place are new each time.
  private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(AesGcm::newCipher);

  public AesGcm(SecretKey key) {
    this.key = key;
  }

  /** Format, nonce, ciphertext and tag; bound to the place. */
  public byte[] seal(byte[] plain, byte[] place) {
    byte[] nonce = new byte[NONCE_BYTES];
    new SecureRandom().nextBytes(nonce);
    try {
      byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, place, plain);
      return ByteBuffer.allocate(1 + NONCE_BYTES + sealed.length)
          .put(FORMAT)
          .put(nonce)
          .put(sealed)
          .array();
    } catch (GeneralSecurityException failure) {
      throw new IllegalStateException("cannot seal", failure);
    }
  }

  /**
   * The reverse.
   *
   * @throws GeneralSecurityException when it was cut or changed, or belongs to another place or key
   */
  public byte[] open(byte[] sealed, byte[] place) throws GeneralSecurityException {
    ByteBuffer in = ByteBuffer.wrap(sealed);
    if (in.remaining() < 1 + NONCE_BYTES + TAG_BITS / 8 || in.get() != FORMAT) {
      throw new GeneralSecurityException("not a sealed value");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    in.get(nonce);
    byte[] rest = new byte[in.remaining()];
    in.get(rest);
    return run(Cipher.DECRYPT_MODE, nonce, place, rest);
  }

  private byte[] run(int mode, byte[] nonce, byte[] place, byte[] input)
      throws GeneralSecurityException {
    Cipher cipher = ciphers.get();
    try {
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(place);
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
