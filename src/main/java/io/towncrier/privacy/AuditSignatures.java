package io.towncrier.privacy;

import io.towncrier.audit.HeadSigner;
import io.towncrier.platform.Secret;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.MessageDigest;
import java.util.HexFormat;

/** Signs by a keyed hash (HMAC-SHA-256) under the keys that live; hexadecimal. */
@ApplicationScoped
class AuditSignatures implements HeadSigner {
  private static final String PURPOSE = "audit-head";

  private final BlindIndex index;

  AuditSignatures(BlindIndex index) {
    this.index = index;
  }

  @Override
  public String sign(String text) {
    return HexFormat.of().formatHex(index.of(PURPOSE, new Secret(text)));
  }

  @Override
  public Signed check(String text, String signature) {
    Secret signed = new Secret(text);
    byte[] given = bytes(signature);
    if (MessageDigest.isEqual(index.of(PURPOSE, signed), given)) {
      return Signed.BY_OUR_KEY;
    }
    return index.matches(PURPOSE, signed, given)
        ? Signed.BY_OUR_FORMER_KEY
        : Signed.BY_NO_KEY_OF_OURS;
  }

  /** Empty for what is no hexadecimal: no hash is. */
  private static byte[] bytes(String hex) {
    try {
      return HexFormat.of().parseHex(hex);
    } catch (IllegalArgumentException other) {
      return new byte[0];
    }
  }
}
