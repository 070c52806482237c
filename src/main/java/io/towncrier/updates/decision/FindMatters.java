package io.towncrier.updates.decision;

import io.towncrier.releases.Channels;
import io.towncrier.releases.rollout.Bucket;
import io.towncrier.releases.rollout.Rollout;
import io.towncrier.releases.rollout.RolloutClaims;
import io.towncrier.releases.rollout.Share;
import io.towncrier.releases.targeting.ClientFacts;
import io.towncrier.releases.targeting.Fact;
import io.towncrier.releases.targeting.FactSet;
import io.towncrier.releases.targeting.TargetingRule;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Finds what {@link DecideUpdate} may look at for one installed version, whatever else the client
 * says. It goes through the same releases in the same order, and takes a gate for one that refuses
 * only where it refuses everybody. So it may name a fact too many, and never one too few.
 */
final class FindMatters {
  private static final ClientFacts NOBODY =
      new ClientFacts(
          "",
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Channels.DEFAULT,
          Optional.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          Optional.empty(),
          false);

  private final ProductReleases releases;
  private final Question question;
  private final Optional<String> followed;
  private final Predicate<Share> outside;
  private final Set<Share> shares = new LinkedHashSet<>();
  private int facts;
  private boolean cohortListed;
  // Of what is out: whether something competes with the installed version, from below it too, and
  // whether something may be offered.
  private boolean competes;
  private boolean fromBelow;
  private boolean offers;
  private @Nullable Instant until;
  private @Nullable Instant foundUntil;

  private FindMatters(
      ProductReleases releases,
      Question question,
      Optional<String> followed,
      Predicate<Share> outside) {
    this.outside = outside;
    this.releases = releases;
    this.question = question;
    this.followed = followed;
  }

  /**
   * What was found.
   *
   * @param channels from which it was found
   * @param since the moment for which it was found
   * @param until when it has to be found anew, for whatever reason
   */
  record Found(Matters matters, Channels channels, Instant since, Optional<Instant> until) {
    @SuppressWarnings("ReferenceEquality")
    boolean holds(Channels wanted, Instant at) {
      return channels == wanted
          && !at.isBefore(since)
          && (until.isEmpty() || at.isBefore(until.get()));
    }
  }

  /**
   * Of one installed version.
   *
   * @param installed its position
   * @param followed the channel, where the client named one: it keeps away what others follow
   * @param outside of which shares the client says that it is outside: so does it
   */
  static Found of(
      ProductReleases releases,
      int installed,
      Channels channels,
      Optional<String> followed,
      Predicate<Share> outside,
      Instant now) {
    Question question = new Question(releases, installed, NOBODY, channels, now, Duration.ZERO);
    FindMatters find = new FindMatters(releases, question, followed, outside);
    find.competitors();
    find.floors();
    find.installed();
    releases.countersSince().ifPresent(find::changes);
    releases.halt().since().ifPresent(find::changes);
    releases.halt().securitySince().ifPresent(find::changes);
    return new Found(find.matters(), channels, now, Optional.ofNullable(find.foundUntil));
  }

  private Matters matters() {
    if (facts == 0 && until == null) {
      return Matters.NOTHING;
    }
    boolean cohortItself = cohortListed || shares.size() > RolloutClaims.MAX;
    return new Matters(
        FactSet.of(facts),
        cohortItself ? List.of() : List.copyOf(shares),
        Optional.ofNullable(until));
  }

  private void competitors() {
    List<Candidate> all = releases.newestFirst();
    int surelyOffered = -1;
    for (int i = 0; i < all.size(); i++) {
      Candidate candidate = all.get(i);
      int order = Integer.compare(candidate.position(), question.installed());
      boolean nothingLeft = order < 0 && !releases.downgradesFrom(i);
      if (nothingLeft || releases.priorityFrom(i) <= surelyOffered) {
        return;
      }
      boolean mayReplace = order > 0 || (order < 0 && mayGoDown(candidate));
      boolean seen =
          mayReplace
              && candidate.isPublished()
              && isOut(candidate)
              && candidate.priority() > surelyOffered;
      if (seen) {
        competes = true;
        fromBelow |= order < 0;
        if (isForEverybody(candidate) && order > 0 && bindingFloors().isEmpty()) {
          surelyOffered = candidate.priority();
        }
      }
    }
  }

  /** Looks at it all the same. */
  private boolean isForEverybody(Candidate candidate) {
    int others = facts;
    facts = 0;
    boolean open = lookAt(candidate, false);
    boolean forEverybody =
        open
            && FactSet.of(facts).without(FactSet.of(Fact.LANGUAGE)).isEmpty()
            && candidate.hasNoRules();
    facts |= others;
    return forEverybody;
  }

  /** Steps on the way to what may be offered; one that was withdrawn binds too. */
  private void floors() {
    if (!offers) {
      return;
    }
    for (Candidate floor : bindingFloors()) {
      if (floor.isPublished()) {
        lookAt(floor, true);
      } else {
        lookAtChannel(floor.channel());
        look(!floor.countries().isEverywhere(), Fact.COUNTRY);
        lookAtRules(floor);
      }
    }
  }

  private List<Candidate> bindingFloors() {
    return releases.floorsFor(question.installed()).stream()
        .filter(floor -> DecideUpdate.mayBind(floor, question))
        .filter(floor -> !floor.isPublished() || isOut(floor))
        .toList();
  }

  /** Its priority keeps others from taking its place. */
  private void installed() {
    if (!competes) {
      return;
    }
    for (Candidate candidate : releases.newestFirst()) {
      if (candidate.position() == question.installed()
          && candidate.isPublished()
          && isOut(candidate)
          && (candidate.priority() > 0 || fromBelow)) {
        lookAtRules(candidate);
      }
    }
  }

  /**
   * Looks through the gates, in their order.
   *
   * @return whether it may be offered to somebody
   */
  private boolean lookAt(Candidate candidate, boolean asFloor) {
    if (!lookAtChannel(candidate.channel())) {
      return false;
    }
    if (!asFloor && question.product().securityOnly() && !candidate.isSecurity()) {
      return false;
    }
    look(question.comparesCounters() || candidate.position() < question.installed(), Fact.COUNTER);
    look(!candidate.countries().isEverywhere(), Fact.COUNTRY);
    if (!lookAtRules(candidate)
        || !lookAtRollout(candidate)
        || (!asFloor && question.isStopped(candidate))) {
      return false;
    }
    offers = true;
    look(candidate.install().isPresent(), Fact.TIMEZONE);
    look(candidate.install().isPresent(), Fact.COUNTRY);
    look(candidate.release().content().notes().byLanguage().size() > 1, Fact.LANGUAGE);
    return true;
  }

  /** Whether somebody gets through. */
  private boolean lookAtChannel(String released) {
    Channels channels = question.channels();
    boolean some = channels.reaches(Channels.DEFAULT, released);
    boolean all = some;
    for (String other : channels.inOrder()) {
      some |= channels.reaches(other, released);
      all &= channels.reaches(other, released);
    }
    look(some && !all, Fact.CHANNEL);
    return followed.isPresent() ? channels.reaches(followed.get(), released) : some;
  }

  /** Whether one of its rules may mean somebody. */
  private boolean lookAtRules(Candidate candidate) {
    if (candidate.hasNoRules()) {
      return true;
    }
    boolean some = false;
    for (RuleTable.Serving rule : candidate.rulesFor(question)) {
      int others = facts;
      facts = 0;
      boolean mayMean = lookAt(rule.kind());
      boolean meansAll = mayMean && facts == 0;
      facts |= others;
      some |= mayMean;
      if (meansAll) {
        break;
      }
    }
    return some;
  }

  private boolean lookAt(TargetingRule rule) {
    boolean onlyDevices = !rule.only().isEmpty() && rule.only().cohorts().isEmpty();
    if (onlyDevices || (rule.channel().isPresent() && !lookAtChannel(rule.channel().get()))) {
      return false;
    }
    boolean listed = !rule.only().isEmpty() || !rule.except().cohorts().isEmpty();
    cohortListed |= listed;
    look(listed, Fact.COHORT);
    look(!rule.countries().isEverywhere(), Fact.COUNTRY);
    look(!rule.languages().isEmpty(), Fact.LANGUAGE);
    look(!rule.hardware().isEmpty(), Fact.HARDWARE);
    return true;
  }

  private boolean mayGoDown(Candidate candidate) {
    return candidate.downgrades()
        && candidate.rulesFor(question).stream().anyMatch(RuleTable.Serving::downgrade);
  }

  /** Whether somebody is inside, if only who asks by hand. */
  private boolean lookAtRollout(Candidate candidate) {
    Rollout rollout = candidate.rollout();
    if (rollout.state() == Rollout.State.HALTED) {
      return false;
    }
    if (rollout.isPlain()) {
      return true;
    }
    notePhases(candidate);
    Instant now = question.rolloutNow(candidate);
    if (rollout.phaseAt(now, candidate.publishedAt()) < 0) {
      return false;
    }
    int buckets = rollout.bucketsAt(now, candidate.publishedAt());
    look(buckets < Bucket.COUNT, Fact.MANUAL);
    if (buckets > 0 && buckets < Bucket.COUNT) {
      look(true, Fact.COHORT);
      Share share = new Share(candidate.salt(question.product()), buckets);
      shares.add(share);
      return !outside.test(share);
    }
    return true;
  }

  private void notePhases(Candidate candidate) {
    Rollout rollout = candidate.rollout();
    if (!question.isStopped(candidate)) {
      rollout
          .nextPhase(question.now(), candidate.publishedAt())
          .filter(question.now()::isBefore)
          .ifPresent(
              next -> {
                changes(next);
                until = until == null || next.isBefore(until) ? next : until;
              });
    }
    // Of one that is held from a moment to come on, no next phase is told: it is not kept.
    if (rollout.heldSince().filter(question.now()::isBefore).isPresent()) {
      foundUntil = question.now();
    }
  }

  private boolean isOut(Candidate candidate) {
    changes(candidate.publishedAt());
    return candidate.isOut(question.now());
  }

  private void changes(Instant at) {
    if (at.isAfter(question.now()) && (foundUntil == null || at.isBefore(foundUntil))) {
      foundUntil = at;
    }
  }

  private void look(boolean looks, Fact fact) {
    facts |= looks ? FactSet.of(fact).bits() : 0;
  }
}
