package io.towncrier.fleet.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.fleet.DeviceTimeline;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DeviceTimelineBodiesTest {
  private static final DeviceTimeline.Key KEY =
      new DeviceTimeline.Key(
          Instant.parse("2026-05-04T23:59:59.999999Z"), "alerts-changed", "acc_1 0000000007");

  @Test
  void aKeyIsReadAsItWasWritten() {
    assertThat(DeviceTimelineBodies.key(DeviceTimelineBodies.values(KEY))).contains(KEY);
  }

  @Test
  void whatIsNoKeyIsNotRead() {
    for (List<String> bad :
        List.of(
            List.of("yesterday", "update", "1"),
            List.of("-1000000000-01-01T00:00:00Z", "update", "1"),
            List.of("+1000000000-12-31T23:59:59.999999999Z", "update", "1"),
            List.of("2026-05-04T08:00:00Z", "what", "1"))) {
      assertThat(DeviceTimelineBodies.key(bad)).as(bad.toString()).isEmpty();
    }
  }

  @Test
  void whatIsKnownByItsDayHasNoMoment() {
    DeviceTimelineBodies.Happened byDay = happened(true);
    assertThat(byDay.at()).isEmpty();
    assertThat(byDay.day()).contains(LocalDate.of(2026, 5, 4));

    DeviceTimelineBodies.Happened byMoment = happened(false);
    assertThat(byMoment.at()).contains(KEY.at());
    assertThat(byMoment.day()).isEmpty();
    assertThat(byMoment.what()).isEqualTo("alerts-changed");
  }

  private static DeviceTimelineBodies.Happened happened(boolean dayOnly) {
    return DeviceTimelineBodies.Happened.of(
        new DeviceTimeline.Entry(
            KEY,
            dayOnly,
            new DeviceTimeline.Facts(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty())));
  }
}
