package io.towncrier.privacy;

import java.util.Arrays;

/**
 * A value that only the {@link Vault} opens.
 *
 * @param bytes version, nonce, ciphertext and tag
 */
@SuppressWarnings("ArrayRecordComponent") // Copied on the way in and out, compared by content.
public record Sealed(byte[] bytes) {
  public Sealed {
    bytes = bytes.clone();
  }

  @Override
  public byte[] bytes() {
    return bytes.clone();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Sealed that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "[sealed]";
  }
}
