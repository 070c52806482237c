package io.towncrier.overview.rest;

import io.towncrier.overview.LookAround;
import io.towncrier.overview.Upcoming;
import io.towncrier.platform.rest.EntityTags;
import io.towncrier.platform.rest.Tagged;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of the overview and of the calendar. */
final class OverviewBodies {
  private OverviewBodies() {}

  /** What an operator needs first. Its ETag stays the same while only asOf changes. */
  @Schema(name = "Overview")
  record Shown(
      Instant asOf,
      List<LiveBodies.Alarm> alarms,
      List<LiveBodies.LiveRollout> rollouts,
      List<LiveBodies.LiveNotice> notices,
      List<WaitingItem> waiting,
      List<CalendarEntry> upcoming)
      implements Tagged {
    static Shown of(LookAround.Around around) {
      LiveBodies.Shown live = LiveBodies.Shown.of(around.live());
      return new Shown(
          live.asOf(),
          live.alarms(),
          live.rollouts(),
          live.notices(),
          around.waiting().stream().map(WaitingItem::of).toList(),
          around.upcoming().stream().map(CalendarEntry::of).toList());
    }

    @Override
    public String tag() {
      return EntityTags.of(new Shown(Instant.EPOCH, alarms, rollouts, notices, waiting, upcoming));
    }
  }

  /** A draft, and what is to be done with it next. */
  @Schema(name = "WaitingItem")
  record WaitingItem(
      String what,
      String id,
      String title,
      String state,
      String next,
      boolean allowed,
      Set<String> writers,
      Instant since) {
    static WaitingItem of(LookAround.Step step) {
      return new WaitingItem(
          lower(step.of().what()),
          step.of().id(),
          step.of().title(),
          lower(step.of().state()),
          lower(step.next()),
          step.allowed(),
          new TreeSet<>(step.of().writers()),
          step.since());
    }

    private static String lower(Enum<?> code) {
      return code.name().toLowerCase(Locale.ROOT);
    }
  }

  /** What happens by itself, in its order. */
  @Schema(name = "Calendar")
  record Calendar(Instant from, Instant to, List<CalendarEntry> entries, boolean more) {
    static Calendar of(Instant from, Instant to, List<Upcoming> found, int limit) {
      return new Calendar(
          from,
          to,
          found.stream().limit(limit).map(CalendarEntry::of).toList(),
          found.size() > limit);
    }
  }

  /** Something that happens by itself at a moment that is known. */
  @Schema(name = "CalendarEntry")
  record CalendarEntry(
      Instant at,
      String what,
      String subject,
      Optional<String> title,
      Optional<Double> percentage) {
    static CalendarEntry of(Upcoming upcoming) {
      return new CalendarEntry(
          upcoming.at(),
          upcoming.what().code(),
          upcoming.subject(),
          upcoming.title(),
          upcoming.percentage());
    }
  }
}
