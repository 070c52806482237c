package io.towncrier.outcomes;

import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.state.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps the attempts of devices. */
public interface OutcomeStore {
  /**
   * Locks the attempt of a device with a release until the transaction ends, and the one that the
   * device is busy with.
   *
   * @param now for an attempt that is new
   */
  Uni<Locked> lock(Attempt.Key key, Instant now);

  /** Writes an attempt and what it changes in the counters, in the current transaction. */
  Uni<Void> save(Change change);

  /** So many attempts of a device are shown. */
  int MOST = 100;

  /** The last attempts of a device, that of the last contact first; at most {@link #MOST}. */
  Uni<List<Attempt>> ofDevice(String device);

  /** The attempts that these devices are busy with, or were last. */
  Uni<List<Attempt>> current(List<String> devices);

  /** Attempts whose device was not heard of for the time-out, the longest first. */
  Uni<List<Attempt.Key>> due(Instant now, int limit);

  /**
   * What a device has to do with a release.
   *
   * @param attempt with {@code NONE} when it is new
   * @param other that the device is busy with
   * @param registeredAt of the device
   * @param vouched whether an operator brought it
   * @param seenAt the end of the day on which it was seen last, in whatever request
   */
  record Locked(
      Attempt attempt,
      Optional<Attempt> other,
      Instant registeredAt,
      boolean vouched,
      Instant seenAt) {}

  /**
   * A change of an attempt.
   *
   * @param isCurrent whether the device is busy with this one now
   * @param timeOut after which it is given up
   * @param network keyed hash of where the report came from; null when no report came
   */
  @SuppressWarnings("ArrayRecordComponent") // Passed on to be stored, never compared.
  record Change(
      Attempt before,
      Attempt after,
      boolean isCurrent,
      Duration timeOut,
      byte @Nullable [] network) {}
}
