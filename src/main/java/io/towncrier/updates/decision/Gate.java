package io.towncrier.updates.decision;

import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.InstallWindow;
import io.towncrier.releases.targeting.Refusal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A reason why one release is not for one client now. The order of {@link #ALL} counts: the first
 * that refuses gives the reason, and those that keep a release secret come first.
 *
 * @param name in explanations, kebab-case
 * @param check what it looks at
 */
record Gate(String name, Check check) {
  /** Looks at one release for one client. */
  interface Check {
    Optional<Refusal> refusal(Candidate candidate, Match match, Question question);
  }

  /** Name of the one that does not count for a step on the way. */
  static final String SECURITY_ONLY = "security-only";

  /** Name of the one that is shut while offers are halted for the whole cell. */
  static final String CELL = "cell";

  static final List<Gate> ALL =
      List.of(
          new Gate("state", Gate::state),
          new Gate("published-at", Gate::publishedAt),
          new Gate("channel", Gate::channel),
          new Gate(SECURITY_ONLY, Gate::securityOnly),
          new Gate("counter", Gate::counter),
          new Gate("countries", Gate::countries),
          new Gate("rules", Gate::rules),
          new Gate("rollout", Gate::rollout),
          new Gate(CELL, Gate::cell),
          new Gate("install-window", Gate::installWindow));

  private static final int MAX_OPENINGS = 8;

  private static final Optional<Refusal> PASSED = Optional.empty();
  private static final Optional<Refusal> WITHDRAWN = Optional.of(Refusal.WITHDRAWN);
  private static final Optional<Refusal> NOT_PUBLISHED = Optional.of(Refusal.NOT_PUBLISHED);
  private static final Optional<Refusal> OTHER_CHANNEL = Optional.of(Refusal.OTHER_CHANNEL);
  private static final Optional<Refusal> NO_SECURITY_RELEASE = Optional.of(Refusal.SECURITY_ONLY);
  private static final Optional<Refusal> LOWER_COUNTER = Optional.of(Refusal.LOWER_COUNTER);
  private static final Optional<Refusal> ROLLOUT_HALTED = Optional.of(Refusal.ROLLOUT_HALTED);
  private static final Optional<Refusal> STOPPED = Optional.of(Refusal.STOPPED);
  private static final Optional<Refusal> OUTSIDE_ROLLOUT = Optional.of(Refusal.OUTSIDE_ROLLOUT);
  private static final Optional<Refusal> TIME_ZONE_UNKNOWN = Optional.of(Refusal.TIME_ZONE_UNKNOWN);

  private static Optional<Refusal> state(Candidate candidate, Match match, Question question) {
    return candidate.isPublished() ? PASSED : WITHDRAWN;
  }

  private static Optional<Refusal> publishedAt(
      Candidate candidate, Match match, Question question) {
    return candidate.isOut(question.now()) ? PASSED : NOT_PUBLISHED;
  }

  private static Optional<Refusal> channel(Candidate candidate, Match match, Question question) {
    return question.channels().reaches(question.facts().channel(), candidate.channel())
        ? PASSED
        : OTHER_CHANNEL;
  }

  private static Optional<Refusal> securityOnly(
      Candidate candidate, Match match, Question question) {
    return question.product().securityOnly() && !candidate.isSecurity()
        ? NO_SECURITY_RELEASE
        : PASSED;
  }

  // No permission to downgrade lifts it: the counter is what a device keeps against roll-backs. Of
  // one that cannot be read nobody knows how far it has come, so no step down is safe.
  private static Optional<Refusal> counter(Candidate candidate, Match match, Question question) {
    ClientFacts facts = question.facts();
    if (facts.ignored().has(Fact.COUNTER) && candidate.position() < question.installed()) {
      return LOWER_COUNTER;
    }
    return question.comparesCounters() && facts.counter().orElse(0) > candidate.counter()
        ? LOWER_COUNTER
        : PASSED;
  }

  private static Optional<Refusal> countries(Candidate candidate, Match match, Question question) {
    return candidate.countries().refusal(question.facts());
  }

  private static Optional<Refusal> rules(Candidate candidate, Match match, Question question) {
    return match.refusal();
  }

  private static Optional<Refusal> rollout(Candidate candidate, Match match, Question question) {
    Rollout rollout = candidate.rollout();
    if (rollout.state() == Rollout.State.HALTED) {
      return ROLLOUT_HALTED;
    }
    if (rollout.isPlain()) {
      return PASSED;
    }
    Instant now = question.rolloutNow(candidate);
    if (rollout.phaseAt(now, candidate.publishedAt()) < 0) {
      return NOT_PUBLISHED;
    }
    int buckets = rollout.bucketsAt(now, candidate.publishedAt());
    if (buckets == Bucket.COUNT || question.facts().manual()) {
      return PASSED;
    }
    return question.isInside(candidate, buckets) ? PASSED : OUTSIDE_ROLLOUT;
  }

  // Behind the rollout: of a release that has not begun to come to anybody nothing is told.
  private static Optional<Refusal> cell(Candidate candidate, Match match, Question question) {
    return question.isStopped(candidate) ? STOPPED : PASSED;
  }

  private static Optional<Refusal> installWindow(
      Candidate candidate, Match match, Question question) {
    return candidate.install().isEmpty() || question.opening(candidate).isPresent()
        ? PASSED
        : TIME_ZONE_UNKNOWN;
  }

  /**
   * When the client may install it next. Empty when there is no such moment: the hours are never
   * open at once in all zones where the device may be. Empty also for a release without a window.
   */
  static Optional<InstallWindow.Opening> opening(Candidate candidate, Question question) {
    Optional<InstallWindow> install = candidate.install();
    if (install.isEmpty()) {
      return Optional.empty();
    }
    Instant from = question.now();
    for (int i = 0; i < MAX_OPENINGS; i++) {
      Optional<InstallWindow.Opening> opening = install.get().next(from, question.zones());
      if (opening.isEmpty() || opening.get().closes().isEmpty()) {
        return opening;
      }
      Instant closes = opening.get().closes().get();
      if (closes.minus(question.margin()).isAfter(opening.get().opens())) {
        return opening;
      }
      // What is left of this one may be over when the answer is read.
      from = closes;
    }
    return Optional.empty();
  }
}
