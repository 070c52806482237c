package io.towncrier.outcomes.state;

import io.towncrier.outcomes.state.Attempt.Course;
import io.towncrier.platform.ForgottenCase;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Decides what follows for an attempt: the table says which state, this class says which event it
 * is and puts together what is kept beside the state: {@link Mark}, {@link History} and what {@link
 * OutcomePolicy} says. No I/O, no clock.
 */
public final class FollowUpdate {
  private final TransitionTable table;
  private final OutcomePolicy policy;

  public FollowUpdate(TransitionTable table, OutcomePolicy policy) {
    this.table = table;
    this.policy = policy;
  }

  /** By the committed table. */
  public static FollowUpdate by(OutcomePolicy policy) {
    return new FollowUpdate(TransitionTable.COMMITTED, policy);
  }

  /**
   * A device reports. A report that is known by its id is answered as it was, and changes nothing.
   */
  public Step report(Attempt attempt, Report report, Instant now) {
    Optional<History.Entry> known = report.id().flatMap(attempt.history()::of);
    if (known.isPresent()) {
      return known.get().evidence() ? new Step.Contradicting(attempt) : new Step.Unchanged();
    }
    OutcomeEvent event = event(attempt, report);
    Ruling ruling = table.ruling(attempt.state(), event);
    if (ruling instanceof Ruling.Moves moves) {
      return new Step.Changed(reported(attempt, report, event, moves.to(), now));
    }
    if (ruling instanceof Ruling.Same) {
      return again(attempt, report, now);
    }
    if (ruling instanceof Ruling.Contradicts) {
      return evidence(attempt, report, event, now);
    }
    if (ruling instanceof Ruling.Late) {
      return new Step.Late();
    }
    throw new ForgottenCase(ruling);
  }

  /**
   * The server is about to offer the release. Whether it may, {@link OfferHold} has said before.
   */
  public Step offered(Attempt attempt, Offered offer, Instant now) {
    Ruling ruling = table.ruling(attempt.state(), OutcomeEvent.OFFER);
    if (!(ruling instanceof Ruling.Moves moves)) {
      return ruling.equals(new Ruling.Same()) ? new Step.Unchanged() : new Step.Late();
    }
    boolean isNext = attempt.state().usesAttempt() || attempt.number() == 0;
    Attempt.Standing before = attempt.standing();
    Attempt next =
        new Attempt(
            attempt.key(),
            attempt.state(),
            attempt.number() + (isNext ? 1 : 0),
            before.isOffered()
                ? before
                : new Attempt.Standing(
                    offer.phase(), offer.counted(), before.mark(), before.begun()),
            Course.NONE.comingFrom(Optional.of(offer.former())),
            attempt.times(),
            OptionalInt.empty(),
            attempt.code(),
            attempt.history());
    return new Step.Changed(moved(next, OutcomeEvent.OFFER, moves.to(), now));
  }

  /** Whether an offer changes this state at all; else nobody needs to write it. */
  public static boolean canBeOffered(OutcomeState state) {
    return TransitionTable.COMMITTED.ruling(state, OutcomeEvent.OFFER) instanceof Ruling.Moves;
  }

  /** A device says in a check which version it runs. */
  public Step seen(Attempt attempt, Sighting sighting, Instant now) {
    return switch (sighting.what()) {
      case FORMER -> former(attempt, sighting, now);
      case THIRD -> applied(attempt, OutcomeEvent.THIRD_SEEN, now);
      case TARGET -> target(attempt, now);
    };
  }

  /** Nothing was heard of it for the time-out. */
  public Step silent(Attempt attempt, Instant now) {
    return applied(attempt, OutcomeEvent.SILENT, now);
  }

  /** An attempt with another release begins. */
  public Step superseded(Attempt attempt, Instant now) {
    return applied(attempt, OutcomeEvent.SUPERSEDED, now);
  }

  /** An operator lets the device try again. */
  public static Attempt released(Attempt attempt) {
    return new Attempt(
        attempt.key(),
        attempt.state(),
        0,
        attempt.standing(),
        attempt.course(),
        new Attempt.Times(attempt.times().since(), attempt.times().heardAt(), Optional.empty()),
        attempt.progress(),
        attempt.code(),
        attempt.history());
  }

  private static OutcomeEvent event(Attempt attempt, Report report) {
    Course course = attempt.course();
    return switch (report.said()) {
      case DOWNLOADING ->
          course.wasStartedSince(report.boot())
              ? OutcomeEvent.BEGUN_ANEW
              : OutcomeEvent.DOWNLOADING;
      case DOWNLOADED -> OutcomeEvent.DOWNLOADED;
      case INSTALLING -> OutcomeEvent.INSTALLING;
      case INSTALLED ->
          report.versioned() ? OutcomeEvent.INSTALLED : OutcomeEvent.INSTALLED_UNVERSIONED;
      case FAILED -> failure(attempt, report);
      case REJECTED -> OutcomeEvent.REJECTED;
      case POSTPONED -> OutcomeEvent.POSTPONED;
      case ROLLED_BACK -> OutcomeEvent.ROLLED_BACK;
    };
  }

  private static OutcomeEvent failure(Attempt attempt, Report report) {
    boolean afterSuccess = attempt.course().succeededAt().isPresent();
    if (afterSuccess && attempt.course().wasStartedSince(report.boot())) {
      // A failure that is said after a success, by another start: the device fell back.
      return OutcomeEvent.ROLLED_BACK;
    }
    boolean downloads =
        attempt.state() == OutcomeState.OFFERED || attempt.state() == OutcomeState.DOWNLOADING;
    return switch (report.code().orElse(FailureCode.UNKNOWN).kind()) {
      case DOWNLOAD -> OutcomeEvent.DOWNLOAD_FAILED;
      case INSTALL -> OutcomeEvent.INSTALL_FAILED;
      case EITHER -> downloads ? OutcomeEvent.DOWNLOAD_FAILED : OutcomeEvent.INSTALL_FAILED;
    };
  }

  private Attempt reported(
      Attempt attempt, Report report, OutcomeEvent event, OutcomeState to, Instant now) {
    Course course = attempt.course();
    boolean success = report.said() == Report.Said.INSTALLED;
    // A success without a boot id must not be compared with the start before it.
    Optional<String> boot = success ? report.boot() : report.boot().or(course::boot);
    Course next =
        new Course(
            course.former(),
            boot,
            success ? Optional.of(now) : course.succeededAt().filter(at -> !begins(to)),
            course.targetSince().filter(at -> !begins(to)));
    Attempt told =
        attempt.with(
            Math.max(1, attempt.number()) + (attempt.state().usesAttempt() && begins(to) ? 1 : 0),
            next,
            report.progress(),
            report.said() == Report.Said.FAILED
                ? Optional.of(report.code().orElse(FailureCode.UNKNOWN).code())
                : attempt.code());
    Attempt moved = moved(told, event, to, now);
    return moved.noting(History.Entry.of(report, event, to, false, now), held(moved, report, now));
  }

  private static boolean begins(OutcomeState to) {
    return to == OutcomeState.DOWNLOADING;
  }

  /** The owner says for how long. */
  private static Optional<Instant> held(Attempt moved, Report report, Instant now) {
    if (moved.state() != OutcomeState.POSTPONED) {
      return moved.times().heldUntil();
    }
    Instant latest = now.plus(OutcomePolicy.LONGEST_POSTPONEMENT);
    return Optional.of(report.postponedUntil().filter(latest::isAfter).orElse(latest));
  }

  /** What is true already: progress goes on. */
  private static Step again(Attempt attempt, Report report, Instant now) {
    boolean isNew =
        (report.progress().isPresent() && !report.progress().equals(attempt.progress()))
            || (report.boot().isPresent()
                // Of a success the start counts that said it first.
                && attempt.state().isUnderWay()
                && attempt.state() != OutcomeState.RESTARTING
                && !report.boot().equals(attempt.course().boot()));
    if (!isNew) {
      return new Step.Unchanged();
    }
    Course c = attempt.course();
    Attempt next =
        attempt.with(
            attempt.number(),
            new Course(c.former(), report.boot().or(c::boot), c.succeededAt(), c.targetSince()),
            report.progress(),
            attempt.code());
    return new Step.Changed(next.heardAt(now));
  }

  private static Step evidence(Attempt attempt, Report report, OutcomeEvent event, Instant now) {
    return attempt.history().hasEvidence(event)
        ? new Step.Contradicting(attempt)
        : new Step.Contradicting(
            attempt.noting(
                History.Entry.of(report, event, attempt.state(), true, now),
                attempt.times().heldUntil()));
  }

  private Step former(Attempt attempt, Sighting sighting, Instant now) {
    Course course = attempt.course();
    boolean limitIsOver =
        course.succeededAt().filter(at -> !at.plus(policy.restartLimit()).isAfter(now)).isPresent();
    boolean cannotWait =
        course.targetSince().isPresent() || course.wasStartedSince(sighting.boot()) || limitIsOver;
    return course.succeeded() && cannotWait
        ? applied(attempt, OutcomeEvent.FORMER_BACK, now)
        : new Step.Unchanged();
  }

  private Step target(Attempt attempt, Instant now) {
    Course c = attempt.course();
    Instant since = c.targetSince().orElse(now);
    boolean soaked = !since.plus(policy.confirmSoak()).isAfter(now);
    Attempt known =
        attempt.with(
            attempt.number(),
            new Course(c.former(), c.boot(), c.succeededAt(), Optional.of(since)),
            attempt.progress(),
            attempt.code());
    OutcomeEvent event = soaked ? OutcomeEvent.SOAKED : OutcomeEvent.TARGET_SEEN;
    Step step = applied(known, event, now);
    boolean firstSight = c.targetSince().isEmpty() && attempt.state() != OutcomeState.NONE;
    return step instanceof Step.Unchanged && firstSight
        ? new Step.Changed(known.heardAt(now))
        : step;
  }

  /** Something that no report says. */
  private Step applied(Attempt attempt, OutcomeEvent event, Instant now) {
    return table.ruling(attempt.state(), event) instanceof Ruling.Moves moves
        ? new Step.Changed(moved(attempt, event, moves.to(), now))
        : new Step.Unchanged();
  }

  private Attempt moved(Attempt attempt, OutcomeEvent event, OutcomeState to, Instant now) {
    Attempt.Standing before = attempt.standing();
    boolean reported = event.isReported();
    Attempt next =
        new Attempt(
            attempt.key(),
            to,
            attempt.number(),
            new Attempt.Standing(
                before.phase(),
                before.counted(),
                Mark.after(attempt, event, to),
                before.begun() || to.isUnderWay() || to == OutcomeState.FAILED),
            attempt.course(),
            new Attempt.Times(
                now, heardAt(attempt, event, now), policy.heldUntil(attempt, to, now)),
            attempt.progress(),
            attempt.code(),
            attempt.history());
    return reported
        ? next
        : next.noting(History.Entry.of(event, to, now), next.times().heldUntil());
  }

  private static Instant heardAt(Attempt attempt, OutcomeEvent event, Instant now) {
    return event == OutcomeEvent.SILENT ? attempt.times().heardAt() : now;
  }

  /**
   * An offer.
   *
   * @param former the version that the device runs
   * @param phase of the rollout that is in force, from 0
   * @param counted whether this device can halt or promote the rollout
   */
  public record Offered(String former, int phase, boolean counted) {}
}
