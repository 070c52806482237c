package io.towncrier.privacy.rotation;

import io.smallrye.mutiny.Uni;
import io.towncrier.privacy.keys.KeyVersion;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps a rotation, and what it moves. */
public interface RotationStore {
  /** The one that is under way. */
  Uni<Optional<Rotation>> find();

  /** The same, locked until the transaction ends; empty also when another process has it. */
  Uni<Optional<Rotation>> lock();

  /**
   * Announces a version; nothing when a rotation is under way.
   *
   * @param checkValue by which a release that knows no versions sees that it is too old
   */
  Uni<Boolean> begin(KeyVersion coming, byte[] checkValue, Instant now);

  /** Whether no address waits for its proof that is known by the former version alone. */
  Uni<Boolean> isEveryProofKnownByBoth(Instant now);

  /**
   * The next version is written from now on. Waits for those who move a push address, and they wait
   * for it.
   */
  Uni<Void> switchOver(Rotation rotation);

  Uni<Void> save(Rotation rotation);

  /** Rows behind one, in the order of their ids. */
  Uni<List<Kept>> page(Rotation.Walk walk, int limit);

  /**
   * Replaces what is sealed and its index, where it is still what was read and nobody holds the
   * row.
   *
   * @return how many
   */
  Uni<Integer> reseal(Rotation.Table table, List<Resealed> rows);

  /**
   * Whether no address waits for its proof, for a processor, for the end of a push that may be
   * held, or behind the first of its device, that is sealed under the former version.
   */
  Uni<Boolean> isNothingOfFormerWaiting(Rotation rotation, Instant now);

  /** The former version ends: nothing that is left of it opens or is found any more. */
  Uni<Void> end(Rotation rotation);

  /**
   * A row.
   *
   * @param place the row that its value is sealed for
   * @param purpose of its index
   * @param sealed empty where it has none
   * @param hashes of which only their owner knows the value
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Kept(
      String id,
      String place,
      String purpose,
      Optional<byte[]> sealed,
      Optional<byte[]> index,
      List<byte[]> hashes) {}

  /** A row that is sealed anew. */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Resealed(String id, byte[] was, byte[] sealed, byte[] wasIndex, byte[] index) {}
}
