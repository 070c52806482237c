package io.towncrier.artifacts.files;

import io.towncrier.artifacts.ArtifactName;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs links to images that are not published, and knows its own again without a look into the
 * database: an HMAC over path and expiry.
 */
final class LinkKey {
  static final String EXPIRES = "expires";
  static final String SIGNATURE = "signature";

  private static final String HMAC = "HmacSHA256";
  private static final int LONGEST_NUMBER = 12;

  private final SecretKeySpec key;

  LinkKey(byte[] key) {
    this.key = new SecretKeySpec(key, HMAC);
  }

  /** The path with what lets it be read. */
  String sign(ArtifactName name, Instant until) {
    String expires = Long.toString(until.getEpochSecond());
    return name.path()
        + "?"
        + EXPIRES
        + "="
        + expires
        + "&"
        + SIGNATURE
        + "="
        + Base64.getUrlEncoder().withoutPadding().encodeToString(mac(name, expires));
  }

  /** Whether a link is one of ours, and still good. */
  boolean isGood(
      ArtifactName name, @Nullable String expires, @Nullable String signature, Instant now) {
    if (expires == null
        || signature == null
        || expires.length() > LONGEST_NUMBER
        || !expires.chars().allMatch(c -> c >= '0' && c <= '9')
        || expires.isEmpty()) {
      return false;
    }
    try {
      return MessageDigest.isEqual(Base64.getUrlDecoder().decode(signature), mac(name, expires))
          && now.getEpochSecond() < Long.parseLong(expires);
    } catch (IllegalArgumentException noBase64) {
      return false;
    }
  }

  private byte[] mac(ArtifactName name, String expires) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal((name.path() + "\n" + expires).getBytes(StandardCharsets.US_ASCII));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
