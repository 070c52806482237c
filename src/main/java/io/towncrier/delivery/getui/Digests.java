package io.towncrier.delivery.getui;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers and names that are derived from others: pure. */
final class Digests {
  private static final int REQUEST_ID = 32;
  private static final String SHA_256 = "SHA-256";

  private Digests() {}

  static String sha256(String text) {
    return HexFormat.of().formatHex(bytes(SHA_256, text));
  }

  /** For what Getui itself signs by it, and for nothing of ours. */
  static String md5(String text) {
    return HexFormat.of().formatHex(bytes("MD5", text));
  }

  /** Getui takes messages with the same one for one, and drops the second; 10 to 32 characters. */
  static String requestId(String text) {
    return sha256(text).substring(0, REQUEST_ID);
  }

  /** A later message with the same one replaces the earlier on the phone; 0 to 2^31-1. */
  static int notifyId(String notice) {
    return ByteBuffer.wrap(bytes(SHA_256, notice)).getInt() & Integer.MAX_VALUE;
  }

  private static byte[] bytes(String algorithm, String text) {
    try {
      return MessageDigest.getInstance(algorithm).digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
