package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.pacing.Backlog;
import io.towncrier.notices.pacing.PacedTimes;
import io.towncrier.notices.planning.DeliveryPlan;
import io.towncrier.notices.planning.Recipient;
import io.towncrier.platform.Transactions;
import io.towncrier.releases.Release;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans the deliveries of one page's news, each a step of the download budget behind another. */
@ApplicationScoped
class PlanNews {
  private static final int NOT_MINE = -1;

  private final RolloutNotices rollouts;
  private final UpdateNotices notices;
  private final DeliveryPlan plan;
  private final Backlog backlog;
  private final Transactions transactions;
  private final NewsPace pace;

  PlanNews(
      RolloutNotices rollouts,
      UpdateNotices notices,
      DeliveryPlan plan,
      Backlog backlog,
      Transactions transactions,
      NewsPace pace) {
    this.rollouts = rollouts;
    this.notices = notices;
    this.plan = plan;
    this.backlog = backlog;
    this.transactions = transactions;
    this.pace = pace;
  }

  /** Whether it still is the turn of this walk. */
  Uni<Boolean> run(FleetScan walk, Release release, List<Recipient> told) {
    return timesOf(walk, release).chain(times -> plan(walk, release, paced(told, times)));
  }

  /** Behind what waits of earlier phases, and of an earlier walk that did not get through. */
  private Uni<PacedTimes> timesOf(FleetScan walk, Release release) {
    Optional<PacedTimes> known = walk.timesOf(release);
    if (known.isPresent()) {
      return Uni.createFrom().item(known.get());
    }
    Duration step = pace.step(release);
    return rollouts
        .noticeOf(walk.product(), release.version())
        .chain(
            notice ->
                notice.isEmpty()
                    ? Uni.createFrom().item(Map.<Long, Long>of())
                    : backlog.waiting(notice.get(), walk.now(), PacedTimes.bucket(step)))
        .map(waiting -> walk.begin(release, new PacedTimes(walk.now(), step, waiting)));
  }

  private static List<Recipient> paced(List<Recipient> told, PacedTimes times) {
    return told.stream().map(one -> one.dueAt(times.next(one.due()))).toList();
  }

  private Uni<Boolean> plan(FleetScan walk, Release release, List<Recipient> told) {
    Instant last = told.stream().map(Recipient::due).max(Comparator.naturalOrder()).orElseThrow();
    return transactions
        .inTransaction(
            () ->
                rollouts
                    .takeTurn(walk.product(), walk.known(), walk.id())
                    .chain(
                        mine ->
                            mine
                                ? notices
                                    .open(walk.about(), release, walk.now(), last)
                                    .chain(
                                        opened ->
                                            opened.isEmpty()
                                                ? Uni.createFrom().item(0)
                                                : plan(opened.get(), walk, release, told))
                                : Uni.createFrom().item(NOT_MINE)))
        .invoke(walk::add)
        .map(planned -> planned != NOT_MINE);
  }

  private Uni<Integer> plan(
      UpdateNotices.Opened opened, FleetScan walk, Release release, List<Recipient> told) {
    return backlog
        .keep(opened.id(), pace.step(release))
        .chain(() -> plan.add(opened.id(), told))
        .call(() -> notices.note(opened, walk.now()));
  }
}
