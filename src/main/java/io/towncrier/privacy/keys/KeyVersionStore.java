package io.towncrier.privacy.keys;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Keeps the versions of the keys. */
public interface KeyVersionStore {
  /** All versions that live. */
  Uni<Stored> read();

  /**
   * Keeps the first version of a database, unless another process was faster.
   *
   * @param checkValue by which a release that knows no versions sees that it is too old
   */
  Uni<Boolean> addFirst(KeyVersion first, byte[] checkValue);

  /**
   * Replaces what wraps the versions. Fails when they are not what was read any more.
   *
   * @param now the same versions in the same order
   */
  Uni<Void> rewrap(Stored read, List<KeyVersion> now);

  /**
   * What there is.
   *
   * @param revision grows with each change of the versions
   */
  record Stored(long revision, List<KeyVersion> versions) {
    public Stored {
      versions = List.copyOf(versions);
    }
  }
}
