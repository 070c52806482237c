package io.towncrier.privacy;

import java.util.Arrays;
import java.util.List;

/**
 * The keyed hashes of one value, one for each version of the keys that lives (docs/adr/0048).
 *
 * @param all the one that is written now stands first
 */
public record Indexes(List<byte[]> all) {
  public Indexes {
    all = List.copyOf(all);
  }

  /** A hash of which there is one version. */
  public static Indexes only(byte[] index) {
    return new Indexes(List.of(index));
  }

  /** As it is written now. */
  public byte[] written() {
    return all.get(0);
  }

  /** Those of other versions. */
  public List<byte[]> others() {
    return all.subList(1, all.size());
  }

  /** Whether a stored hash is of the same value. Not in constant time: not for secrets. */
  public boolean contain(byte[] stored) {
    return all.stream().anyMatch(index -> Arrays.equals(index, stored));
  }
}
