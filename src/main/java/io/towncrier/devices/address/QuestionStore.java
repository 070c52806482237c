package io.towncrier.devices.address;

import io.smallrye.mutiny.Uni;
import io.towncrier.devices.PushAddress;
import io.towncrier.privacy.Indexes;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Keeps what earlier registrations of an identifier are asked, and how many challenges there were.
 */
public interface QuestionStore {
  /**
   * The newest earlier registration of the same identifier that has an address and another
   * environmental characteristic value, or none. It is locked {@code FOR SHARE} until the
   * transaction ends; one that is locked already is left out.
   *
   * @param except keyed hashes of an address that moves by its own proof
   */
  Uni<Optional<Holder>> earlierHolder(String deviceId, Indexes except);

  /**
   * Notes a question.
   *
   * @param lease for how long its challenge counts as being pushed
   */
  Uni<Void> ask(Question question, Duration lease);

  /** Its challenge is not being pushed any more. */
  Uni<Void> asked(String questionId);

  /** Those that were asked for a device or of it, and can be answered. */
  Uni<List<Question>> of(String deviceId, Instant now);

  /** Takes the address away that was asked for; nothing when the holder has another one by now. */
  Uni<Void> giveUp(Question answered);

  /**
   * Counts a challenge; within a transaction, before it is pushed.
   *
   * @param index keyed hashes of the address
   * @param asks whether it goes to the address of an earlier registration; counted by itself, so
   *     that nobody finds out by it whether there is one
   * @param anHour how many there may be of a device, and how many to an address
   * @return how long there is none left; empty when it was counted
   */
  Uni<Optional<Duration>> count(
      String deviceId, Indexes index, boolean asks, int anHour, Instant now);

  /** A device with its address. */
  @SuppressWarnings("ArrayRecordComponent") // Passed on, never compared.
  record Holder(String deviceId, PushAddress address, byte[] index) {}
}
