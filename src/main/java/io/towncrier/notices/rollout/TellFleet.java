package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.notices.pacing.Backlog;
import io.towncrier.notices.pacing.PacedTimes;
import io.towncrier.platform.Offload;
import io.towncrier.platform.Transactions;
import io.towncrier.preferences.QuietHours;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.updates.Fleet;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Plans the deliveries of one product's news, a page of the fleet at a time. A page is a
 * transaction: nobody waits for more than one, and what is planned stays when the next one fails.
 */
@ApplicationScoped
class TellFleet {
  private static final double NANOS = 1e9;
  private static final int NOT_MINE = -1;
  private static final Duration DAYS = Duration.ofDays(3);

  private final Fleet fleet;
  private final RolloutNotices rollouts;
  private final UpdateNotices notices;
  private final Backlog backlog;
  private final Transactions transactions;
  private final RolloutNoticesConfig config;
  private final QuietHours night;

  TellFleet(
      Fleet fleet,
      RolloutNotices rollouts,
      UpdateNotices notices,
      Backlog backlog,
      Transactions transactions,
      RolloutNoticesConfig config) {
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.notices = notices;
    this.backlog = backlog;
    this.transactions = transactions;
    this.config = config;
    this.night = new QuietHours(config.hoursTo(), config.hoursFrom());
  }

  boolean isEnabled() {
    return config.enabled();
  }

  /** Goes through the fleet of a product, as long as it is the turn of this walk. */
  Uni<Outcome> run(FleetScan walk, BooleanSupplier goOn) {
    return Multi.createBy()
        .repeating()
        .uni(() -> goOn.getAsBoolean() ? page(walk) : Uni.createFrom().item(Page.STOPPED))
        .whilst(page -> page == Page.FULL)
        .collect()
        .last()
        .map(last -> new Outcome(walk.planned(), last == Page.LAST));
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
              return members.size() == config.page() ? Page.FULL : Page.LAST;
            });
  }

  /** Whether it still is the turn of this walk. */
  private Uni<Boolean> tell(FleetScan walk, FleetScan.News news) {
    List<String> ids = news.members().stream().map(Fleet.Member::deviceId).toList();
    return rollouts
        .phonesOf(ids)
        .map(phones -> told(news, phones, walk.now()))
        .chain(told -> withoutThoseWhoKnow(walk, news.release(), told))
        .chain(
            told ->
                told.isEmpty()
                    ? Uni.createFrom().item(true)
                    : timesOf(walk, news.release())
                        .chain(times -> plan(walk, news.release(), paced(told, times))));
  }

  /** So that a walk that begins anew, and finds nobody new, locks nothing. */
  private Uni<List<RolloutNotices.Recipient>> withoutThoseWhoKnow(
      FleetScan walk, Release release, List<RolloutNotices.Recipient> told) {
    return rollouts
        .alreadyTold(
            walk.product(),
            release.version(),
            told.stream().map(RolloutNotices.Recipient::device).toList())
        .map(known -> told.stream().filter(one -> !known.contains(one.device())).toList());
  }

  /** Behind what waits of earlier phases, and of an earlier walk that did not get through. */
  private Uni<PacedTimes> timesOf(FleetScan walk, Release release) {
    Optional<PacedTimes> known = walk.timesOf(release);
    if (known.isPresent()) {
      return Uni.createFrom().item(known.get());
    }
    Duration step = step(release, config.downloadBudget());
    return rollouts
        .noticeOf(walk.product(), release.version())
        .chain(
            notice ->
                notice.isEmpty()
                    ? Uni.createFrom().item(Map.<Long, Long>of())
                    : backlog.waiting(notice.get(), walk.now(), PacedTimes.bucket(step)))
        .map(waiting -> walk.begin(release, new PacedTimes(walk.now(), step, waiting)));
  }

  private static List<RolloutNotices.Recipient> paced(
      List<RolloutNotices.Recipient> told, PacedTimes times) {
    return told.stream().map(one -> one.dueAt(times.next(one.notBefore()))).toList();
  }

  private Uni<Boolean> plan(FleetScan walk, Release release, List<RolloutNotices.Recipient> told) {
    Instant last =
        told.stream()
            .map(RolloutNotices.Recipient::notBefore)
            .max(Comparator.naturalOrder())
            .orElseThrow();
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
      UpdateNotices.Opened opened,
      FleetScan walk,
      Release release,
      List<RolloutNotices.Recipient> told) {
    return backlog
        .keep(opened.id(), step(release, config.downloadBudget()))
        .chain(() -> rollouts.plan(opened.id(), told))
        .call(() -> notices.note(opened, walk.now()));
  }

  private List<RolloutNotices.Recipient> told(
      FleetScan.News news, List<RolloutNotices.Phone> phones, Instant now) {
    List<RolloutNotices.Recipient> told = new ArrayList<>();
    for (Fleet.Member member : news.members()) {
      LocalZones zones = LocalZones.of(member.facts().timeZone(), member.facts().country());
      notBefore(news.release(), zones, now)
          .map(at -> new RolloutNotices.Recipient(member.deviceId(), Optional.empty(), at))
          .ifPresent(told::add);
    }
    for (RolloutNotices.Phone phone : phones) {
      notBefore(news.release(), phone.zones(), now)
          .map(at -> new RolloutNotices.Recipient(phone.id(), Optional.of(phone.router()), at))
          .ifPresent(told::add);
    }
    return told;
  }

  /** At a decent hour where the device is; what is urgent does not wait for one. */
  private Optional<Instant> notBefore(Release release, LocalZones zones, Instant now) {
    return release.severity() == Severity.SECURITY
        ? Optional.of(now)
        : dayIn(zones.rules(), night, now);
  }

  /** The first moment at which it is night by none of the clocks; empty when there is none. */
  static Optional<Instant> dayIn(Collection<ZoneRules> clocks, QuietHours night, Instant now) {
    Instant at = now;
    while (at.isBefore(now.plus(DAYS))) {
      Instant asked = at;
      Optional<Instant> end =
          clocks.stream()
              .flatMap(clock -> night.endAfter(asked, clock.getOffset(asked)).stream())
              .max(Comparator.naturalOrder());
      if (end.isEmpty()) {
        return Optional.of(asked);
      }
      at = end.get();
    }
    return Optional.empty();
  }

  /** As long as the download of one takes of the budget. */
  static Duration step(Release release, long bytesPerSecond) {
    long size = release.content().artifacts().stream().mapToLong(Artifact::size).max().orElse(0);
    return Duration.ofNanos((long) (NANOS * size / bytesPerSecond));
  }

  /**
   * How far a walk came.
   *
   * @param through whether the whole fleet was gone through
   */
  record Outcome(long planned, boolean through) {}

  private enum Page {
    FULL,
    LAST,
    STOPPED
  }
}
