package io.towncrier.releases.rollout;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * In which of ten thousand equal parts of the fleet a cohort is for one release: SHA-256 of {@code
 * salt:cohort} in UTF-8, read as one unsigned big-endian number, modulo 10,000. Code that computes
 * it elsewhere comes to the same; {@code BucketTest} pins vectors.
 */
public final class Bucket {
  /** How many there are: one is a hundredth of a percent. */
  public static final int COUNT = 10_000;

  /** Making one takes longer than using it; it starts anew after each digest. */
  private static final ThreadLocal<MessageDigest> SHA_256 = ThreadLocal.withInitial(Bucket::sha256);

  private Bucket() {}

  /** From 0 to 9,999; the same for the same texts for ever, and independent between salts. */
  public static int of(String salt, String cohort) {
    byte[] digest = SHA_256.get().digest((salt + ':' + cohort).getBytes(StandardCharsets.UTF_8));
    // Four bytes at a time: the remainder before them and they fit into a long.
    ByteBuffer number = ByteBuffer.wrap(digest);
    long remainder = 0;
    while (number.hasRemaining()) {
      remainder = ((remainder << Integer.SIZE) | Integer.toUnsignedLong(number.getInt())) % COUNT;
    }
    return (int) remainder;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every JDK has SHA-256", impossible);
    }
  }
}
