package io.towncrier.notices.rollout;

import io.smallrye.mutiny.Uni;
import io.towncrier.notices.planning.Candidates;
import io.towncrier.notices.planning.Phone;
import io.towncrier.notices.planning.Recipient;
import io.towncrier.preferences.QuietHours;
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
import java.util.Optional;

/** The devices that a page's news go to, and from which decent hour on. */
@ApplicationScoped
class WhoIsTold {
  private static final Duration DAYS = Duration.ofDays(3);

  private final Candidates candidates;
  private final RolloutNotices rollouts;
  private final QuietHours night;

  WhoIsTold(Candidates candidates, RolloutNotices rollouts, RolloutNoticesConfig config) {
    this.candidates = candidates;
    this.rollouts = rollouts;
    this.night = new QuietHours(config.hoursTo(), config.hoursFrom());
  }

  /** With the phones of routers; without those that have a delivery about the release already. */
  Uni<List<Recipient>> of(FleetScan walk, FleetScan.News news) {
    List<String> ids = news.members().stream().map(Fleet.Member::deviceId).toList();
    return candidates
        .phonesOf(ids)
        .map(phones -> told(news, phones, walk.now()))
        .chain(told -> withoutThoseWhoKnow(walk, news.release(), told));
  }

  /** So that a walk that begins anew, and finds nobody new, locks nothing. */
  private Uni<List<Recipient>> withoutThoseWhoKnow(
      FleetScan walk, Release release, List<Recipient> told) {
    return rollouts
        .alreadyTold(
            walk.product(), release.version(), told.stream().map(Recipient::device).toList())
        .map(known -> told.stream().filter(one -> !known.contains(one.device())).toList());
  }

  private List<Recipient> told(FleetScan.News news, List<Phone> phones, Instant now) {
    List<Recipient> told = new ArrayList<>();
    for (Fleet.Member member : news.members()) {
      LocalZones zones = LocalZones.of(member.facts().timeZone(), member.facts().country());
      notBefore(news.release(), zones, now)
          .map(at -> new Recipient(member.deviceId(), Optional.empty(), at))
          .ifPresent(told::add);
    }
    for (Phone phone : phones) {
      notBefore(news.release(), phone.place().zones(), now)
          .map(at -> new Recipient(phone.id(), Optional.of(phone.router()), at))
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
}
