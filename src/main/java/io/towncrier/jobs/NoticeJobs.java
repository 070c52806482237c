package io.towncrier.jobs;

import io.towncrier.notices.FinishNotices;
import io.towncrier.notices.StartScheduledNotices;
import io.towncrier.notices.canary.SendCanary;
import io.towncrier.notices.pacing.SpreadAnew;
import io.towncrier.notices.rollout.AnnounceRollouts;
import jakarta.inject.Singleton;
import java.util.List;

/** What becomes of notices when it is time. */
@Singleton
class NoticeJobs implements JobGroup {
  private final StartScheduledNotices start;
  private final SpreadAnew spread;
  private final AnnounceRollouts announce;
  private final FinishNotices finish;
  private final SendCanary canary;

  NoticeJobs(
      StartScheduledNotices start,
      SpreadAnew spread,
      AnnounceRollouts announce,
      FinishNotices finish,
      SendCanary canary) {
    this.start = start;
    this.spread = spread;
    this.announce = announce;
    this.finish = finish;
    this.canary = canary;
  }

  @Override
  public List<PeriodicJob> jobs() {
    return List.of(start(), spreadAnew(), announce(), canary(), finish());
  }

  /** Starts notices whose moment has come. */
  private PeriodicJob start() {
    return new PeriodicJob("noticesStarted", Cadence.NOTICES, start, start::run);
  }

  /** Spreads what waits over the time that is left. */
  private PeriodicJob spreadAnew() {
    return new PeriodicJob("spreadAnew", Cadence.ROLLOUTS, spread, spread::run);
  }

  /** Makes notices of what rollouts have brought. */
  private PeriodicJob announce() {
    return new PeriodicJob("announced", Cadence.ROLLOUTS, announce, announce::run);
  }

  /** Looks what became of canaries, and sends the next when it is time. */
  private PeriodicJob canary() {
    return new PeriodicJob("canarySent", Cadence.NOTICES, canary, hasTime -> canary.run());
  }

  /** Ends notices of which nothing is left to send. */
  private PeriodicJob finish() {
    return new PeriodicJob("noticesDone", Cadence.NOTICES, finish, hasTime -> finish.run());
  }
}
