package io.towncrier.privacy.keys;

import java.nio.ByteBuffer;

/**
 * What a keyed hash says of itself: of version 1 it is bare, later it begins with Tink's prefix.
 */
public final class HashForm {
  private static final int BARE_BYTES = 32;
  private static final int PREFIXED_BYTES = 37;

  private HashForm() {}

  /** The version of the keys, or 0 for what is not a keyed hash. */
  public static int version(byte[] hash) {
    if (hash.length == BARE_BYTES) {
      return FirstKeys.VERSION;
    }
    return hash.length == PREFIXED_BYTES ? Math.max(0, ByteBuffer.wrap(hash).getInt(1)) : 0;
  }
}
