package io.towncrier.updates.decision;

import io.towncrier.releases.Release;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import io.towncrier.updates.decision.Explanation.Effect;
import io.towncrier.updates.decision.Explanation.OfFloor;
import io.towncrier.updates.decision.Explanation.OfGate;
import io.towncrier.updates.decision.Explanation.OfRelease;
import io.towncrier.updates.decision.Explanation.OfRollout;
import io.towncrier.updates.decision.Explanation.OfRule;
import io.towncrier.updates.decision.Explanation.Relation;
import io.towncrier.updates.decision.Explanation.Standing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** Asks the parts of the decision about one release after the other, instead of up to the first. */
final class ExplainRelease {
  private static final DecideUpdate DECIDE = DecideUpdate.BY_ALL_GATES;

  private final ProductReleases releases;
  private final Question question;
  private final UpdateDecision decision;

  ExplainRelease(ProductReleases releases, Question question, UpdateDecision decision) {
    this.releases = releases;
    this.question = question;
    this.decision = decision;
  }

  OfRelease of(Candidate candidate) {
    Match match = candidate.match(question);
    Relation relation = relation(candidate);
    Optional<DecideUpdate.Step> step =
        relation == Relation.NEWER || (relation == Relation.OLDER && match.downgrade())
            ? Optional.of(DECIDE.nextStep(releases, candidate, question))
            : Optional.empty();
    return new OfRelease(
        candidate.release(),
        relation,
        standing(candidate, match, relation, step),
        match.priority(),
        Gate.ALL.stream()
            .map(gate -> new OfGate(gate.name(), gate.check().refusal(candidate, match, question)))
            .toList(),
        rules(candidate),
        rollout(candidate),
        candidate.floorFor().map(range -> floor(candidate, match, range.toString())),
        step.filter(DecideUpdate.Step.Install.class::isInstance)
            .map(s -> ((DecideUpdate.Step.Install) s).next())
            .filter(next -> !next.equals(candidate))
            .map(next -> next.release().version()),
        step.filter(DecideUpdate.Step.Blocked.class::isInstance)
            .map(s -> ((DecideUpdate.Step.Blocked) s).floor().release().version()),
        Gate.opening(candidate, question));
  }

  private Relation relation(Candidate candidate) {
    int order = Integer.compare(candidate.position(), question.installed());
    return order > 0 ? Relation.NEWER : order < 0 ? Relation.OLDER : Relation.INSTALLED;
  }

  private Standing standing(
      Candidate candidate, Match match, Relation relation, Optional<DecideUpdate.Step> step) {
    if (decision instanceof UpdateDecision.Offer offer) {
      boolean isNext = offer.release().equals(candidate.release());
      boolean isTarget = offer.target().equals(candidate.release());
      if (isNext || isTarget) {
        return isNext && isTarget ? Standing.OFFERED : isNext ? Standing.HOP : Standing.TARGET;
      }
    }
    if (relation == Relation.INSTALLED) {
      return Standing.INSTALLED;
    }
    if (relation == Relation.OLDER && !match.downgrade()) {
      return Standing.NO_DOWNGRADE;
    }
    if (DECIDE.firstRefusal(candidate, match, question).isPresent()) {
      return Standing.REFUSED;
    }
    return step.filter(DecideUpdate.Step.Blocked.class::isInstance).isPresent()
        ? Standing.BLOCKED
        : Standing.BEATEN;
  }

  private List<OfRule> rules(Candidate candidate) {
    List<TargetingRule> rules = candidate.release().targeting().rules();
    return IntStream.range(0, rules.size())
        .mapToObj(
            i ->
                new OfRule(
                    rules.get(i).name(),
                    rules.get(i).priority(),
                    rules.get(i).downgrade(),
                    candidate.refusal(i, question)))
        .toList();
  }

  private OfRollout rollout(Candidate candidate) {
    Release release = candidate.release();
    Rollout rollout = release.rollout();
    Instant now = question.rolloutNow(candidate);
    int phase = rollout.phaseAt(now, release.publishedAt());
    Optional<String> cohort = question.facts().cohort();
    return new OfRollout(
        rollout.state(),
        cohort.isPresent()
            ? OptionalInt.of(Bucket.of(candidate.salt(question.product()), cohort.get()))
            : OptionalInt.empty(),
        rollout.bucketsAt(now, release.publishedAt()),
        phase < 0 || rollout.phases().isEmpty() ? OptionalInt.empty() : OptionalInt.of(phase + 1),
        rollout.phases().size(),
        question.isStopped(candidate)
            ? Optional.empty()
            : rollout.nextPhase(now, release.publishedAt()));
  }

  private OfFloor floor(Candidate floor, Match match, String range) {
    Optional<Refusal> refusal = DECIDE.firstRefusal(floor, match, question, true);
    return new OfFloor(range, effect(floor, match, refusal), refusal);
  }

  private Effect effect(Candidate floor, Match match, Optional<Refusal> refusal) {
    if (!DecideUpdate.binds(floor, match, question)) {
      if (floor.position() == question.installed()) {
        return Effect.INSTALLED;
      }
      return floor.floorSpan().contains(question.installed())
          ? Effect.PASSED
          : Effect.OTHER_VERSIONS;
    }
    if (refusal.isEmpty()) {
      return Effect.BINDS;
    }
    if (DECIDE.isNoStep(floor, match, question, refusal.get())) {
      return Effect.LEFT_OUT;
    }
    return refusal.get() == Refusal.WITHDRAWN ? Effect.BLOCKS_UNLESS_REPLACED : Effect.BLOCKS;
  }
}
