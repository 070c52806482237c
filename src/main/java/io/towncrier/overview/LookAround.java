package io.towncrier.overview;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.NoticesConfig;
import io.towncrier.releases.editing.ReleasesConfig;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** What an operator needs first: what is amiss, what moves, what waits, what comes next. */
@ApplicationScoped
public class LookAround {
  private static final Duration SOON = Duration.ofDays(7);
  private static final int COMING = 20;
  private static final int WAITING = 50;

  private final LookAtLive live;
  private final LookAhead ahead;
  private final PlansStore plans;
  private final NoticesConfig notices;
  private final ReleasesConfig releases;

  LookAround(
      LookAtLive live,
      LookAhead ahead,
      PlansStore plans,
      NoticesConfig notices,
      ReleasesConfig releases) {
    this.live = live;
    this.ahead = ahead;
    this.plans = plans;
    this.notices = notices;
    this.releases = releases;
  }

  /**
   * Looks for an operator.
   *
   * @param operator subject of who asks
   */
  public Uni<Around> run(String operator) {
    return live.run()
        .chain(
            now ->
                plans
                    .waiting(WAITING)
                    .chain(
                        waiting ->
                            ahead
                                .run(now.asOf(), now.asOf().plus(SOON), COMING)
                                .map(coming -> new Around(now, steps(waiting, operator), coming))));
  }

  private List<Step> steps(List<Waiting> waiting, String operator) {
    return waiting.stream()
        .map(
            one -> {
              boolean approvals = approvals(one.what());
              return new Step(one, one.next(approvals), one.isFor(operator, approvals));
            })
        .toList();
  }

  /** A release makes notices by itself, so either switch is one for releases. */
  private boolean approvals(Waiting.What what) {
    return notices.approvals() || (what == Waiting.What.RELEASE && releases.approvals());
  }

  /** All of it. */
  public record Around(Live live, List<Step> waiting, List<Upcoming> upcoming) {}

  /**
   * What is to be done next with what waits.
   *
   * @param allowed whether this operator may do it
   */
  public record Step(Waiting of, Waiting.Next next, boolean allowed) {
    /** Since when it waits. */
    public Instant since() {
      return of.since();
    }
  }
}
