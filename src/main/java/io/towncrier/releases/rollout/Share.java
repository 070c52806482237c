package io.towncrier.releases.rollout;

/**
 * The share of a rollout that is in force. A client computes by {@link Bucket} whether it is
 * inside, and says so under the id, in place of its cohort (docs/adr/0038).
 *
 * @param salt of the rollout
 * @param buckets that are inside, from 1 to one less than {@link Bucket#COUNT}
 */
public record Share(String salt, int buckets) {
  private static final char[] DIGITS = "0123456789abcdefghijklmnopqrstuv".toCharArray();
  private static final int BITS_OF_DIGIT = 5;
  static final int ID_LENGTH = 8;

  /**
   * Names salt and share in 40 bits (FNV-1a, with the finalizer of MurmurHash3): what a client said
   * of one rollout, or of an earlier share, is never taken for another.
   */
  public String id() {
    long hash = 0xcbf29ce484222325L;
    for (int i = 0; i < salt.length(); i++) {
      hash = (hash ^ salt.charAt(i)) * 0x100000001b3L;
    }
    hash = (hash ^ (Character.MAX_VALUE + buckets)) * 0x100000001b3L;
    hash = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    hash ^= hash >>> 33;
    char[] id = new char[ID_LENGTH];
    for (int i = 0; i < ID_LENGTH; i++) {
      id[i] = DIGITS[(int) (hash >>> (BITS_OF_DIGIT * i)) & (DIGITS.length - 1)];
    }
    return new String(id);
  }
}
