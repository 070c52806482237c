package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.planning.Passage;
import io.towncrier.notices.planning.Passage.Page;
import io.towncrier.platform.Offload;
import io.towncrier.updates.Fleet;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Goes through the fleet of a product, and announces its news to each page of it. */
@ApplicationScoped
class TellFleet {
  private final Fleet fleet;
  private final RolloutNotices rollouts;
  private final WhoIsTold who;
  private final PlanNews plan;
  private final RolloutNoticesConfig config;

  TellFleet(
      Fleet fleet,
      RolloutNotices rollouts,
      WhoIsTold who,
      PlanNews plan,
      RolloutNoticesConfig config) {
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.who = who;
    this.plan = plan;
    this.config = config;
  }

  boolean isEnabled() {
    return config.enabled();
  }

  /** Goes on as long as it is the turn of this walk. */
  Uni<Outcome> run(FleetScan walk, BooleanSupplier hasTime) {
    return Passage.through(() -> page(walk), hasTime)
        .map(through -> new Outcome(walk.planned(), through));
  }

  private Uni<Page> page(FleetScan walk) {
    return rollouts
        .takeTurn(walk.product(), walk.known(), walk.id())
        .chain(
            mine ->
                mine
                    ? fleet
                        .pageOfOwnKind(walk.product(), walk.after(), config.page())
                        .chain(members -> page(walk, members))
                    : Uni.createFrom().item(Page.STOPPED));
  }

  private Uni<Page> page(FleetScan walk, List<Fleet.Member> members) {
    return Offload.run(() -> walk.newsOf(members))
        .chain(
            found ->
                Multi.createFrom()
                    .iterable(found)
                    .onItem()
                    .transformToUniAndConcatenate(news -> tell(walk, news))
                    .collect()
                    .asList())
        .map(
            mine -> {
              walk.passed(members);
              if (mine.contains(false)) {
                return Page.STOPPED;
              }
              return members.size() == config.page() ? Page.MORE : Page.LAST;
            });
  }

  /** Whether it still is the turn of this walk. */
  private Uni<Boolean> tell(FleetScan walk, FleetScan.News news) {
    return who.of(walk, news)
        .chain(
            told ->
                told.isEmpty()
                    ? Uni.createFrom().item(true)
                    : plan.run(walk, news.release(), told));
  }

  /**
   * How far a walk came.
   *
   * @param through whether the whole fleet was gone through
   */
  record Outcome(long planned, boolean through) {}
}
