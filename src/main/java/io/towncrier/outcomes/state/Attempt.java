package io.towncrier.outcomes.state;

import io.towncrier.releases.ReleaseId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The update of one device to one release, with its repetitions.
 *
 * @param key whose it is
 * @param state where it stands
 * @param number which attempt it is, from 1; 0 before the first
 * @param standing what it counts as
 * @param course what the device did
 * @param times when
 * @param progress of the step, in percent
 * @param code of the last failure
 * @param history its last transitions
 */
public record Attempt(
    Key key,
    OutcomeState state,
    int number,
    Standing standing,
    Course course,
    Times times,
    OptionalInt progress,
    Optional<String> code,
    History history) {
  /** Of which nothing is known yet. */
  public static Attempt none(Key key, Instant now) {
    return new Attempt(
        key,
        OutcomeState.NONE,
        0,
        Standing.NOT_OFFERED,
        Course.NONE,
        new Times(now, now, Optional.empty()),
        OptionalInt.empty(),
        Optional.empty(),
        History.EMPTY);
  }

  /** The same of a device that runs this version. */
  public Attempt comingFrom(String version) {
    return new Attempt(
        key,
        state,
        number,
        standing,
        course.comingFrom(Optional.of(version)),
        times,
        progress,
        code,
        history);
  }

  /** The same of a device that was heard of at this moment. */
  public Attempt heardAt(Instant moment) {
    return new Attempt(
        key,
        state,
        number,
        standing,
        course,
        new Times(times.since(), moment, times.heldUntil()),
        progress,
        code,
        history);
  }

  /** The same as far as its device has gone with it. */
  Attempt with(int repetition, Course gone, OptionalInt percent, Optional<String> failure) {
    return new Attempt(key, state, repetition, standing, gone, times, percent, failure, history);
  }

  /** The same with one more line of its history, and held until this moment. */
  Attempt noting(History.Entry line, Optional<Instant> heldUntil) {
    return new Attempt(
        key,
        state,
        number,
        standing,
        course,
        new Times(times.since(), times.heardAt(), heldUntil),
        progress,
        code,
        history.and(line));
  }

  /** Which device, and to what. */
  public record Key(String device, String product, String version) {
    public ReleaseId release() {
      return new ReleaseId(product, version);
    }
  }

  /**
   * What an attempt counts as in its rollout.
   *
   * @param phase in which it was offered first; -1 when the server never offered it
   * @param counted whether it can halt or promote a rollout
   * @param mark how it ended
   * @param begun whether the device ever began
   */
  public record Standing(int phase, boolean counted, Optional<Mark> mark, boolean begun) {
    public static final Standing NOT_OFFERED = new Standing(-1, false, Optional.empty(), false);

    public boolean isOffered() {
      return phase >= 0;
    }
  }

  /**
   * What a device did.
   *
   * @param former the version that it comes from
   * @param boot hash of the boot id of its last report
   * @param succeededAt when it said that it succeeded
   * @param targetSince since when it reports the new version
   */
  public record Course(
      Optional<String> former,
      Optional<String> boot,
      Optional<Instant> succeededAt,
      Optional<Instant> targetSince) {
    static final Course NONE =
        new Course(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** Whether it ever ran the new version, or says so. */
    boolean succeeded() {
      return succeededAt.isPresent() || targetSince.isPresent();
    }

    boolean wasStartedSince(Optional<String> other) {
      return boot.isPresent() && other.isPresent() && !boot.equals(other);
    }

    Course comingFrom(Optional<String> version) {
      return new Course(version, boot, succeededAt, targetSince);
    }
  }

  /**
   * Moments by the server's clock.
   *
   * @param since when the state holds
   * @param heardAt when the device was last heard of it
   * @param heldUntil before which it is not offered
   */
  public record Times(Instant since, Instant heardAt, Optional<Instant> heldUntil) {}
}
