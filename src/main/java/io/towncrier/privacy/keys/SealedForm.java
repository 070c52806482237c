package io.towncrier.privacy.keys;

import java.nio.ByteBuffer;

/**
 * What sealed bytes say of themselves. Format 1 is of version 1. Format 2 is our byte 2, then
 * Tink's: its prefix is a byte 1 and the id of the key, for which the version is taken.
 */
public final class SealedForm {
  /** Our first byte before the bytes of Tink. */
  public static final byte OF_TINK = 2;

  private static final byte OF_FIRST_KEYS = 1;
  private static final byte TINK_PREFIX = 1;
  private static final int PREFIX_BYTES = 6;

  private SealedForm() {}

  /** With what the bytes of a version begin. */
  public static byte[] beginning(int version) {
    return version == FirstKeys.VERSION
        ? new byte[] {OF_FIRST_KEYS}
        : ByteBuffer.allocate(PREFIX_BYTES).put(OF_TINK).put(TINK_PREFIX).putInt(version).array();
  }

  /** The version of the keys, or 0 for what is not a sealed value. */
  public static int version(byte[] sealed) {
    if (sealed.length > 0 && sealed[0] == OF_FIRST_KEYS) {
      return FirstKeys.VERSION;
    }
    return sealed.length > PREFIX_BYTES && sealed[0] == OF_TINK && sealed[1] == TINK_PREFIX
        ? Math.max(0, ByteBuffer.wrap(sealed).getInt(2))
        : 0;
  }
}
