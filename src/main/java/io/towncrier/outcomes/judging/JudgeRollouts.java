package io.towncrier.outcomes.judging;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.outcomes.OutcomeStore;
import io.towncrier.outcomes.WatchAttempts;
import io.towncrier.outcomes.health.Verdict;
import io.towncrier.outcomes.state.Tally;
import io.towncrier.platform.ForgottenCase;
import io.towncrier.releases.Release;
import io.towncrier.releases.ReleaseId;
import io.towncrier.releases.ReleaseStore;
import io.towncrier.releases.editing.ReleaseChange;
import io.towncrier.releases.editing.SteerRollout;
import io.towncrier.releases.rollout.Advance;
import io.towncrier.releases.rollout.Rollout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Instance;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Halts rollouts whose figures are bad, right after the report that makes them so, and promotes
 * those that are healthy. While nobody judges, no phase begins (docs/adr/0051).
 */
@ApplicationScoped
public class JudgeRollouts implements WatchAttempts {
  /** Who it is in the audit log. */
  public static final String ACTOR = "rollout-health";

  private static final Logger LOG = Logger.getLogger(JudgeRollouts.class);

  // For so long behind the begin of its last phase something may be left to decide without a
  // report: what ends later is judged when it ends.
  private static final Duration LOOKED_AT = Duration.ofDays(7);

  private final ReadHealth health;
  private final ReleaseStore releases;
  private final SteerRollout steer;
  private final Baselines baselines;
  private final Instance<ShowRollouts> watchers;
  private final InstantSource clock;
  private final LongAdder halted = new LongAdder();

  JudgeRollouts(
      ReadHealth health,
      ReleaseStore releases,
      SteerRollout steer,
      Baselines baselines,
      Instance<ShowRollouts> watchers,
      InstantSource clock) {
    this.health = health;
    this.releases = releases;
    this.steer = steer;
    this.baselines = baselines;
    this.watchers = watchers;
    this.clock = clock;
  }

  @Override
  public Uni<Void> changed(OutcomeStore.Change change) {
    boolean ended =
        change.after().standing().counted()
            && !Tally.changes(change.before(), change.after()).isEmpty()
            && !change.before().standing().mark().equals(change.after().standing().mark());
    if (!ended) {
      return Uni.createFrom().voidItem();
    }
    ReleaseId id = change.after().key().release();
    return releases
        .find(id)
        .chain(
            found -> found.isPresent() ? judge(found.get()) : Uni.createFrom().item(Boolean.FALSE))
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("%s could not be judged, the next look will: %s", id, failure);
              return false;
            })
        .replaceWithVoid();
  }

  /**
   * Looks at every rollout that is under way: one that waits for a promotion, or whose last phase
   * has begun lately.
   *
   * @param hasTime asked before each
   * @return how many were halted or promoted
   */
  public Uni<Long> run(BooleanSupplier hasTime) {
    return releases
        .withPhases()
        .chain(
            all ->
                Multi.createFrom()
                    .iterable(all)
                    .filter(stored -> isUnderWay(stored.release(), clock.instant()))
                    .onItem()
                    .transformToUniAndConcatenate(
                        stored ->
                            hasTime.getAsBoolean()
                                ? survived(stored.id(), judge(stored))
                                : Uni.createFrom().item(Boolean.FALSE))
                    .filter(Boolean::booleanValue)
                    .collect()
                    .asList()
                    .map(List::size)
                    .map(Integer::longValue));
  }

  private static boolean isRunning(Release release) {
    return release.state() == Release.State.PUBLISHED
        && release.rollout().state() == Rollout.State.RUNNING;
  }

  /** Pure. Whether time alone may call for something. */
  static boolean isUnderWay(Release release, Instant now) {
    Rollout rollout = release.rollout();
    int last = Math.max(0, rollout.phases().size() - 1);
    return isRunning(release)
        && (rollout.waitsForPromotion()
            || now.isBefore(rollout.beginOfPhase(last, release.publishedAt()).plus(LOOKED_AT)));
  }

  /** One that cannot be judged keeps no report and no other rollout from going on. */
  private static Uni<Boolean> survived(ReleaseId id, Uni<Boolean> judgement) {
    return judgement
        .onFailure()
        .recoverWithItem(
            failure -> {
              LOG.warnf("%s could not be judged, the next look will: %s", id, failure);
              return false;
            });
  }

  /** How many this process has halted since its start. */
  public long halted() {
    return halted.sum();
  }

  /** Whether it was halted or promoted. */
  private Uni<Boolean> judge(ReleaseStore.Stored stored) {
    if (!isRunning(stored.release())) {
      return Uni.createFrom().item(Boolean.FALSE);
    }
    return health
        .of(stored)
        .invoke(found -> watchers.forEach(watcher -> watcher.judged(stored.id(), found)))
        .chain(found -> followed(stored, found));
  }

  private Uni<Boolean> followed(ReleaseStore.Stored stored, RolloutHealth found) {
    Verdict verdict = found.verdict();
    if (verdict instanceof Verdict.Halt halt) {
      return halt(stored.id(), halt, found);
    }
    if (verdict instanceof Verdict.Promote promote) {
      return stored.release().rollout().advance().by() == Advance.By.HEALTH
          ? promote(stored, promote)
          : Uni.createFrom().item(Boolean.FALSE);
    }
    if (verdict instanceof Verdict.Wait) {
      return Uni.createFrom().item(Boolean.FALSE);
    }
    throw new ForgottenCase(verdict);
  }

  private Uni<Boolean> halt(ReleaseId id, Verdict.Halt halt, RolloutHealth found) {
    return steer
        .halt(id, ACTOR, halt.why())
        .chain(
            change ->
                isDone(change)
                    ? baselines
                        .keep(id, found.counted())
                        .invoke(
                            () -> {
                              halted.increment();
                              LOG.errorf("the rollout of %s is halted: %s", id, halt.why());
                            })
                        .replaceWith(Boolean.TRUE)
                    : Uni.createFrom().item(Boolean.FALSE));
  }

  private Uni<Boolean> promote(ReleaseStore.Stored stored, Verdict.Promote promote) {
    int from = stored.release().rollout().advance().phase();
    return steer.promote(stored.id(), from, ACTOR, promote.why()).map(JudgeRollouts::isDone);
  }

  /** Another process may have been faster, or an operator. */
  private static boolean isDone(ReleaseChange change) {
    return change instanceof ReleaseChange.Changed;
  }
}
