package io.towncrier.jobs;

import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.notices.rollout.AnnounceRollouts;
import jakarta.inject.Singleton;

/** What becomes of notices when it is time. */
@Singleton
class NoticeJobs {
  private final StartScheduledNotices start;
  private final SpreadAnew spread;
  private final AnnounceRollouts announce;
  private final FinishNotices finish;

  NoticeJobs(
      StartScheduledNotices start,
      SpreadAnew spread,
      AnnounceRollouts announce,
      FinishNotices finish) {
    this.start = start;
    this.spread = spread;
    this.announce = announce;
    this.finish = finish;
  }

  /** Starts notices whose moment has come. */
  PeriodicJob start() {
    return new PeriodicJob("noticesStarted", Cadence.NOTICES, start, start::run);
  }

  /** Spreads what waits over the time that is left. */
  PeriodicJob spreadAnew() {
    return new PeriodicJob("spreadAnew", Cadence.ROLLOUTS, spread, spread::run);
  }

  /** Makes notices of what rollouts have brought. */
  PeriodicJob announce() {
    return new PeriodicJob("announced", Cadence.ROLLOUTS, announce, announce::run);
  }

  /** Ends notices of which nothing is left to send. */
  PeriodicJob finish() {
    return new PeriodicJob("noticesDone", Cadence.NOTICES, finish, hasTime -> finish.run());
  }
}
