package io.towncrier.notices.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.vendors.VendorRules;
import io.towncrier.notices.schedule.Schedule;
import io.towncrier.notices.selection.Recipients;
import io.towncrier.notices.text.NoticeKind;
import io.towncrier.preferences.NotificationAlerts;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class VendorOutlookTest {
  private static final Duration JITTER = Duration.ofMinutes(10);
  private static final Duration SENDING = Duration.ofMinutes(25);
  private static final Instant NOW = at("2026-11-30T20:00");

  @Test
  void atOnceAndAtAMomentItTakesAsLongAsTheSending() {
    assertThat(window(Schedule.AT_ONCE))
        .isEqualTo(new VendorOutlook.Window(NOW, at("2026-11-30T20:25")));
    Schedule later = new Schedule(new Schedule.When.At(at("2026-12-01T01:00")), Duration.ZERO);
    assertThat(window(later))
        .isEqualTo(new VendorOutlook.Window(at("2026-12-01T01:00"), at("2026-12-01T01:25")));
    Schedule passed = new Schedule(new Schedule.When.At(at("2026-11-30T19:00")), Duration.ZERO);
    assertThat(window(passed).from()).isEqualTo(NOW);
  }

  @Test
  void aLocalHourIsThatOfChina() {
    assertThat(window(local("21:00", Optional.empty())))
        .isEqualTo(new VendorOutlook.Window(at("2026-11-30T21:00"), at("2026-11-30T21:10")));
    assertThat(window(local("05:00", Optional.empty())).from()).isEqualTo(at("2026-12-01T05:00"));
    assertThat(window(local("05:00", Optional.of(LocalDate.of(2026, 12, 24)))).from())
        .isEqualTo(at("2026-12-24T05:00"));
  }

  @Test
  void aDayIsThatOfChina() {
    VendorOutlook.Window night =
        new VendorOutlook.Window(at("2026-12-01T01:00"), at("2026-12-01T01:25"));
    assertThat(night.day().from()).isEqualTo(at("2026-12-01T00:00"));
    assertThat(night.day().end()).isEqualTo(at("2026-12-02T00:00"));
  }

  @Test
  void vendorsCountAnnouncementsAndNoticesAboutAppsTogether() {
    assertThat(VendorOutlook.sameClass(NoticeKind.ANNOUNCEMENT))
        .containsExactlyInAnyOrder(NoticeKind.ANNOUNCEMENT, NoticeKind.APP_UPDATE);
    assertThat(VendorOutlook.sameClass(NoticeKind.POLICY_REVISION))
        .doesNotContain(NoticeKind.ANNOUNCEMENT, NoticeKind.APP_UPDATE);
  }

  @Test
  void onlyThoseThatArePushedToByVendorsAreCounted() {
    NotificationAlerts none = new NotificationAlerts(false, Set.of(), Optional.empty(), 0);
    PreviewCounts counts =
        PreviewCounts.of(
            NoticeKind.ANNOUNCEMENT,
            List.of(
                group(NotificationAlerts.INITIAL, true, 7),
                group(NotificationAlerts.INITIAL, false, 20),
                group(none, true, 3)),
            NOW);
    assertThat(counts.pushed()).isEqualTo(27);
    assertThat(counts.pushedThroughVendors()).isEqualTo(7);
  }

  private static Recipients.Group group(NotificationAlerts alerts, boolean vendors, long devices) {
    return new Recipients.Group("CN", "zh", true, List.of(alerts), true, false, vendors, devices);
  }

  private static Schedule local(String time, Optional<LocalDate> date) {
    return new Schedule(new Schedule.When.AtLocalTime(LocalTime.parse(time), date), Duration.ZERO);
  }

  private static VendorOutlook.Window window(Schedule schedule) {
    return VendorOutlook.Window.of(schedule, NOW, JITTER, SENDING);
  }

  private static Instant at(String thereInChina) {
    return LocalDateTime.parse(thereInChina).atZone(VendorRules.ZONE).toInstant();
  }
}
