package io.towncrier.fleet.rest;

import io.towncrier.fleet.DeviceTimeline;
import io.towncrier.platform.Page;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** The JSON of a device's timeline. */
final class DeviceTimelineBodies {
  /** How many values the key of an entry has. */
  static final int KEY = 3;

  /** Moments in a token that are far away would be none that PostgreSQL knows. */
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999999Z");

  private DeviceTimelineBodies() {}

  /** The key that a token holds; empty when it is none that this service has written. */
  static Optional<DeviceTimeline.Key> key(List<String> values) {
    try {
      Instant at = Instant.parse(values.get(0));
      boolean known =
          Arrays.stream(DeviceTimeline.What.values())
              .anyMatch(what -> what.code().equals(values.get(1)));
      return known && at.isAfter(Instant.EPOCH) && at.isBefore(LATEST)
          ? Optional.of(new DeviceTimeline.Key(at, values.get(1), values.get(2)))
          : Optional.empty();
    } catch (DateTimeException unreadable) {
      return Optional.empty();
    }
  }

  static List<String> values(DeviceTimeline.Key key) {
    return List.of(key.at().toString(), key.what(), key.id());
  }

  /** A page of what happened to a device. */
  @Schema(name = "DeviceTimeline")
  record Timeline(List<Happened> items, Optional<String> next, String total) {
    static Timeline of(Page<DeviceTimeline.Entry> page, ListToken token) {
      return new Timeline(
          page.items(Happened::of),
          page.next(last -> token.write(values(last.key()))),
          page.total());
    }
  }

  /** One entry; which members it has depends on what happened. */
  @Schema(name = "DeviceTimelineEntry")
  record Happened(
      String what,
      Optional<Instant> at,
      Optional<LocalDate> day,
      Optional<String> version,
      Optional<String> notice,
      Optional<String> noticeKind,
      Optional<String> account,
      Optional<String> state,
      Optional<String> event,
      Optional<String> reason,
      Optional<String> by,
      Optional<String> detail,
      Optional<Alerts> alerts) {
    static Happened of(DeviceTimeline.Entry entry) {
      DeviceTimeline.Facts facts = entry.facts();
      return new Happened(
          entry.key().what(),
          entry.at(),
          entry.day(),
          facts.version(),
          facts.notice(),
          facts.noticeKind(),
          facts.account(),
          facts.state(),
          facts.event(),
          facts.reason(),
          facts.by(),
          facts.detail(),
          facts.alerts().map(Alerts::of));
    }
  }

  /** Notification alerts behind a change. */
  @Schema(name = "DeviceTimelineAlerts")
  record Alerts(
      boolean push, List<String> off, Optional<String> quietFrom, Optional<String> quietTo) {
    static Alerts of(DeviceTimeline.Alerts alerts) {
      return new Alerts(alerts.push(), alerts.off(), alerts.quietFrom(), alerts.quietTo());
    }
  }
}
