package io.towncrier.privacy.rights;

import io.towncrier.platform.Secret;
import io.towncrier.privacy.Place;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** By which a receipt is found: 128 random bits, in hexadecimal. Only its hash is kept for long. */
final class ReceiptSecret {
  private static final int BYTES = 16;
  private static final Pattern FORM = Pattern.compile("[0-9a-f]{" + 2 * BYTES + "}");

  private ReceiptSecret() {}

  static Secret next() {
    byte[] bytes = new byte[BYTES];
    // Made here and not held: a generator seeded before a Lambda snapshot would repeat itself.
    new SecureRandom().nextBytes(bytes);
    return new Secret(HexFormat.of().formatHex(bytes));
  }

  /** Without a key: 128 random bits are not guessed, and the keys of a receipt's life change. */
  static byte[] hash(Secret secret) {
    try {
      return MessageDigest.getInstance("SHA-256")
          .digest(secret.reveal().getBytes(StandardCharsets.US_ASCII));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }

  /** A text that can be one at all. */
  static Optional<Secret> read(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new Secret(text)) : Optional.empty();
  }

  static Place placeOf(String erasure) {
    return new Place("erasure", "receipt_sealed", erasure);
  }
}
