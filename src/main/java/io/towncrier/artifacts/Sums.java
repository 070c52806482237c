package io.towncrier.artifacts;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * What was made from the bytes of an artifact, each in lower-case hexadecimal. SHA-1 and MD5 are
 * for clients that compare nothing else, such as those of hawkBit.
 *
 * @param size in bytes
 */
public record Sums(long size, String sha256, String sha1, String md5) {
  private static final int BUFFER_BYTES = 64 * 1024;

  /**
   * The sums of all bytes of a stream, which is closed.
   *
   * @param hasTime whether there is time
   * @return empty when time ran out
   */
  public static Optional<Sums> of(InputStream bytes, BooleanSupplier hasTime) throws IOException {
    Maker maker = new Maker();
    byte[] buffer = new byte[BUFFER_BYTES];
    try (bytes) {
      for (int read = bytes.read(buffer); read >= 0; read = bytes.read(buffer)) {
        if (!hasTime.getAsBoolean()) {
          return Optional.empty();
        }
        maker.add(buffer, read);
      }
    }
    return Optional.of(maker.sums());
  }

  /** Makes the sums in one pass. */
  public static final class Maker {
    private final MessageDigest sha256 = digest("SHA-256");
    private final MessageDigest sha1 = digest("SHA-1");
    private final MessageDigest md5 = digest("MD5");
    private long size;

    /** The next bytes. */
    public void add(byte[] bytes, int length) {
      sha256.update(bytes, 0, length);
      sha1.update(bytes, 0, length);
      md5.update(bytes, 0, length);
      size += length;
    }

    /** All bytes were added. */
    public Sums sums() {
      return new Sums(size, hex(sha256), hex(sha1), hex(md5));
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
