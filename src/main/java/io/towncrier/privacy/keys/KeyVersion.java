package io.towncrier.privacy.keys;

import java.util.Arrays;

/**
 * The keys of a version as the database has them.
 *
 * @param wrapped the keys, encrypted by a {@link Wrapping}
 * @param wrappedBy its name
 */
@SuppressWarnings("ArrayRecordComponent") // Compared by content.
public record KeyVersion(int version, Use use, byte[] wrapped, String wrappedBy) {
  /** What a version is good for; at most two versions live at a time. */
  public enum Use {
    /** Everybody reads it already, nobody writes it yet. */
    COMING,
    /** What is written is of this version. */
    WRITTEN,
    /** What was written before is still read. */
    FORMER
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyVersion that
        && version == that.version
        && use == that.use
        && wrappedBy.equals(that.wrappedBy)
        && Arrays.equals(wrapped, that.wrapped);
  }

  @Override
  public int hashCode() {
    return 31 * version + Arrays.hashCode(wrapped);
  }
}
