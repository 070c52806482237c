package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.towncrier.platform.Aside;
import io.towncrier.preferences.QuietHours;
import io.towncrier.releases.Artifact;
import io.towncrier.releases.Channels;
import io.towncrier.releases.Release;
import io.towncrier.releases.Severity;
import io.towncrier.releases.targeting.LocalZones;
import io.towncrier.updates.Fleet;
import io.towncrier.updates.decision.ProductReleases;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Plans the deliveries of one product's news, a page of the fleet at a time. */
@ApplicationScoped
class TellFleet {
  private static final int PAGE = 5_000;
  private static final double NANOS = 1e9;
  private static final Duration DAYS = Duration.ofDays(3);

  private final Fleet fleet;
  private final RolloutNotices rollouts;
  private final UpdateNotices notices;
  private final RolloutNoticesConfig config;
  private final QuietHours night;

  TellFleet(
      Fleet fleet, RolloutNotices rollouts, UpdateNotices notices, RolloutNoticesConfig config) {
    this.fleet = fleet;
    this.rollouts = rollouts;
    this.notices = notices;
    this.config = config;
    this.night = new QuietHours(config.hoursTo(), config.hoursFrom());
  }

  boolean isEnabled() {
    return config.enabled();
  }

  /** How many deliveries were planned. Runs in the transaction of the caller. */
  Uni<Long> run(ProductReleases releases, Channels channels, Stage stage, Instant now) {
    Turn turn = new Turn(releases, new NewlyEligible(releases, channels, stage.since(), now), now);
    return Multi.createBy()
        .repeating()
        .uni(() -> page(turn))
        .whilst(size -> size == PAGE)
        .collect()
        .last()
        .chain(last -> spread(turn))
        .map(done -> turn.planned);
  }

  private Uni<Integer> page(Turn turn) {
    return fleet
        .page(turn.releases.product().id(), turn.after, PAGE)
        .chain(
            members ->
                Aside.run(() -> byRelease(turn, members))
                    .chain(found -> tell(turn, found))
                    .invoke(
                        () -> {
                          if (!members.isEmpty()) {
                            turn.after = members.get(members.size() - 1).deviceId();
                          }
                        })
                    .replaceWith(members.size()));
  }

  private static Collection<News> byRelease(Turn turn, List<Fleet.Member> members) {
    Map<String, News> found = new LinkedHashMap<>();
    for (Fleet.Member member : members) {
      turn.eligible
          .of(member)
          .ifPresent(
              release ->
                  found
                      .computeIfAbsent(
                          release.version(), version -> new News(release, new ArrayList<>()))
                      .members
                      .add(member));
    }
    return found.values();
  }

  private Uni<Void> tell(Turn turn, Collection<News> found) {
    return Multi.createFrom()
        .iterable(found)
        .onItem()
        .transformToUniAndConcatenate(news -> tell(turn, news))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> tell(Turn turn, News news) {
    List<String> ids = news.members.stream().map(Fleet.Member::deviceId).toList();
    return notice(turn, news.release)
        .chain(
            opened ->
                opened.notice.isEmpty()
                    ? Uni.createFrom().item(0)
                    : rollouts
                        .phonesOf(ids)
                        .chain(
                            phones ->
                                rollouts.plan(opened.notice.get(), told(news, phones, turn.now))))
        .invoke(planned -> turn.planned += planned)
        .replaceWithVoid();
  }

  private Uni<Opened> notice(Turn turn, Release release) {
    Opened known = turn.notices.get(release.version());
    return known != null
        ? Uni.createFrom().item(known)
        : notices
            .open(turn.releases.product(), release, turn.now)
            .map(notice -> new Opened(release, notice))
            .invoke(opened -> turn.notices.put(release.version(), opened));
  }

  private List<RolloutNotices.Told> told(
      News news, List<RolloutNotices.Phone> phones, Instant now) {
    List<RolloutNotices.Told> told = new ArrayList<>();
    for (Fleet.Member member : news.members) {
      LocalZones zones = LocalZones.of(member.facts().timeZone(), member.facts().country());
      notBefore(news.release, zones, now)
          .map(at -> new RolloutNotices.Told(member.deviceId(), Optional.empty(), at))
          .ifPresent(told::add);
    }
    for (RolloutNotices.Phone phone : phones) {
      notBefore(news.release, phone.zones(), now)
          .map(at -> new RolloutNotices.Told(phone.id(), Optional.of(phone.router()), at))
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

  private Uni<Void> spread(Turn turn) {
    return Multi.createFrom()
        .iterable(turn.notices.values())
        .onItem()
        .transformToUniAndConcatenate(
            opened ->
                opened.notice.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : spread(opened.release, opened.notice.get()))
        .collect()
        .asList()
        .replaceWithVoid();
  }

  private Uni<Void> spread(Release release, String notice) {
    return rollouts
        .spread(notice, step(release, config.downloadBudget()))
        .chain(last -> notices.keepUntil(notice, last.plus(config.life())));
  }

  /** As long as the download of one takes of the budget. */
  static Duration step(Release release, long bytesPerSecond) {
    long size = release.content().artifacts().stream().mapToLong(Artifact::size).max().orElse(0);
    return Duration.ofNanos((long) (NANOS * size / bytesPerSecond));
  }

  /** A release, and those of a page to whom it has come. */
  private record News(Release release, List<Fleet.Member> members) {}

  /** A release, and its notice unless an operator has taken that back. */
  private record Opened(Release release, Optional<String> notice) {}

  /** One run over the fleet of a product. */
  private static final class Turn {
    private final ProductReleases releases;
    private final NewlyEligible eligible;
    private final Instant now;
    private final Map<String, Opened> notices = new TreeMap<>();
    private String after = "";
    private long planned;

    Turn(ProductReleases releases, NewlyEligible eligible, Instant now) {
      this.releases = releases;
      this.eligible = eligible;
      this.now = now;
    }
  }
}
