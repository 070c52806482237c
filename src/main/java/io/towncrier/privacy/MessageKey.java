package io.towncrier.privacy;

import io.towncrier.platform.Secret;
import java.util.Base64;

/**
 * By which a phone knows messages of ours; of one device and one version of the keys.
 *
 * @param generation the version of the keys that it was derived from
 * @param bytes of HMAC-SHA-256
 */
@SuppressWarnings("ArrayRecordComponent") // Passed on to be used or shown, never compared.
public record MessageKey(int generation, byte[] bytes) {
  /** As the device is given it: base64url without padding. */
  public Secret text() {
    return new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  @Override
  public String toString() {
    return "MessageKey[" + generation + "]";
  }
}
