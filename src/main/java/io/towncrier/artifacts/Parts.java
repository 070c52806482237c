package io.towncrier.artifacts;

/** How an artifact is cut into parts: all have the same size, the last may be smaller. */
public final class Parts {
  /** Of each part but the last. S3 takes at least 5 MiB (S3 User Guide, "Multipart limits"). */
  public static final int BYTES = 16 * 1024 * 1024;

  /** The largest artifact: what signed 32-bit sizes of old boot loaders can hold. */
  public static final long LARGEST = Integer.MAX_VALUE;

  private Parts() {}

  /** How many parts an artifact has. */
  public static int count(long size) {
    return (int) ((size + BYTES - 1) / BYTES);
  }

  /**
   * Where a part begins, in bytes.
   *
   * @param number from 1
   */
  public static long offset(int number) {
    return (long) (number - 1) * BYTES;
  }

  /** The size of a part, in bytes. */
  public static long bytes(long size, int number) {
    return Math.min(BYTES, size - offset(number));
  }
}
