package io.towncrier.updates.published;

import io.smallrye.mutiny.Uni;
import java.util.Optional;

/** Keeps the published snapshot, one object. */
public interface SnapshotObjects {
  /**
   * Reads it.
   *
   * @param known the tag of what the caller has, if anything
   */
  Uni<Found> get(Optional<String> known);

  /**
   * Writes it, unless somebody else was faster.
   *
   * @param replaced the tag of what stands there; empty when nothing does
   * @return whether it was written
   */
  Uni<Boolean> put(byte[] object, Optional<String> replaced);

  /** What a read found. */
  sealed interface Found {
    /** The caller has it. */
    record Unchanged() implements Found {}

    /** Nothing was published yet. */
    record Nothing() implements Found {}

    /**
     * Another one.
     *
     * @param tag changes with the object
     */
    // Nobody compares two of them.
    @SuppressWarnings("ArrayRecordComponent")
    record Changed(String tag, byte[] object) implements Found {}
  }
}
