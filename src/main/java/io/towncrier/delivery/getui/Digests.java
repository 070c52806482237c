package io.towncrier.delivery.getui;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Numbers and names that are derived from others: pure. */
final class Digests {
  private static final int REQUEST_ID = 32;

  private Digests() {}

  static String sha256(String text) {
    return HexFormat.of().formatHex(bytes(text));
  }

  /** Getui takes messages with the same one for one, and drops the second; 10 to 32 characters. */
  static String requestId(String text) {
    return sha256(text).substring(0, REQUEST_ID);
  }

  /** A later message with the same one replaces the earlier on the phone; 0 to 2^31-1. */
  static int notifyId(String notice) {
    return ByteBuffer.wrap(bytes(notice)).getInt() & Integer.MAX_VALUE;
  }

  private static byte[] bytes(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
