package io.towncrier.jobs;

import io.towncrier.outcomes.GiveUpSilent;
import io.towncrier.outcomes.judging.FoldOutcomes;
import io.towncrier.outcomes.judging.JudgeRollouts;
import jakarta.inject.Singleton;
import java.util.List;

/** What becomes of updates without anybody reporting anything. */
@Singleton
class OutcomeJobs implements JobGroup {
  private final GiveUpSilent silent;
  private final JudgeRollouts judge;
  private final FoldOutcomes fold;

  OutcomeJobs(GiveUpSilent silent, JudgeRollouts judge, FoldOutcomes fold) {
    this.silent = silent;
    this.judge = judge;
    this.fold = fold;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(giveUpSilent(), judgeRollouts(), foldCounts());
  }

  /** Ends attempts that nothing was heard of. */
  private PeriodicJob giveUpSilent() {
    return new PeriodicJob("attemptsTimedOut", Cadence.ROLLOUTS, silent, silent::run);
  }

  /** Halts and promotes rollouts by their figures. */
  private PeriodicJob judgeRollouts() {
    return new PeriodicJob("rolloutsJudged", Cadence.ROLLOUTS, judge, judge::run);
  }

  /** Folds what attempts have changed into the counters. */
  private PeriodicJob foldCounts() {
    return new PeriodicJob("outcomesFolded", Cadence.FOLD, fold, fold::run);
  }
}
