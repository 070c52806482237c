package io.towncrier.updates;

/**
 * A name for what was added, in 120 bits: two multiplicative hashes of 64 bits (FNV-1a, with the
 * finalizer of MurmurHash3). Not for secrets: somebody who chooses what is added may find two that
 * agree, and misleads no one but himself. A digest of cryptography would cost a quarter of a check.
 */
final class Fingerprint {
  private static final char[] BASE64_URL =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".toCharArray();
  private static final int CHARACTERS = 20;
  private static final long PRIME = 0x100000001b3L;
  private static final long OTHER_PRIME = 0x9e3779b97f4a7c15L;

  private long first = 0xcbf29ce484222325L;
  private long second = 0x6c62272e07bb0142L;

  Fingerprint add(String text) {
    for (int i = 0; i < text.length(); i++) {
      mix(text.charAt(i));
    }
    // Where one ends and the next begins counts too.
    mix(Character.MAX_VALUE + 1);
    return this;
  }

  Fingerprint add(long number) {
    mix(number);
    mix(Character.MAX_VALUE + 2);
    return this;
  }

  /** Twenty characters of base64url. */
  String text() {
    long high = finish(first);
    long low = finish(second ^ Long.rotateLeft(first, 32));
    char[] text = new char[CHARACTERS];
    for (int i = 0; i < CHARACTERS / 2; i++) {
      text[i] = BASE64_URL[(int) (high >>> (6 * i)) & 63];
      text[i + CHARACTERS / 2] = BASE64_URL[(int) (low >>> (6 * i)) & 63];
    }
    return new String(text);
  }

  private void mix(long value) {
    first = (first ^ value) * PRIME;
    second = (Long.rotateLeft(second, 5) ^ value) * OTHER_PRIME;
  }

  private static long finish(long hash) {
    long h = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    h = (h ^ (h >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return h ^ (h >>> 33);
  }
}
