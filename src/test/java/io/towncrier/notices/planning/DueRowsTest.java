package io.towncrier.notices.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.notices.schedule.DueTimes;
import io.towncrier.notices.schedule.Place;
import io.towncrier.notices.schedule.Slot;
import io.towncrier.platform.Ids;
import io.towncrier.preferences.Suppression;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DueRowsTest {
  private static final Instant START = Instant.parse("2026-05-01T12:00:00Z");
  private static final Place BERLIN = new Place("Europe/Berlin", "DE");
  private static final Place NOWHERE = new Place("", "");

  @Test
  void devicesAreSpreadEvenlyAndTheSameEachTime() {
    int[] tenths = new int[10];
    for (int i = 0; i < 10_000; i++) {
      String device = Ids.next("dev");
      double share = DueRows.share(device, 7);
      assertThat(share).isEqualTo(DueRows.share(device, 7)).isBetween(0.0, Math.nextDown(1.0));
      tenths[(int) (10 * share)]++;
    }
    assertThat(IntStream.of(tenths).boxed()).allSatisfy(n -> assertThat(n).isBetween(800, 1200));
  }

  @Test
  void aDeviceIsEarlyInOneNoticeAndLateInTheNext() {
    long same =
        IntStream.range(0, 1000)
            .filter(
                i -> Math.abs(DueRows.share("dev_" + i, 1) - DueRows.share("dev_" + i, 2)) < 0.1)
            .count();
    // Of two independent shares about a fifth are so close.
    assertThat(same).isBetween(120L, 270L);
  }

  @Test
  void whereNoMomentIsKnownNobodyIsPushedTo() {
    DueTimes due =
        new DueTimes.ByPlace(Map.of(BERLIN, Optional.of(new Slot(START, Duration.ofMinutes(10)))));
    List<Recipient> rows = rows(due, false);
    assertThat(rows.get(0).suppressed()).isEmpty();
    assertThat(rows.get(0).due()).isBetween(START, START.plusSeconds(600));
    assertThat(rows.get(1).suppressed()).contains(Suppression.UNKNOWN_ZONE);
  }

  @Test
  void whatWasOverBeforeItsPageIsPlannedAsExpired() {
    DueTimes atOnce = new DueTimes.Everywhere(new Slot(START, Duration.ZERO));
    assertThat(rows(atOnce, true))
        .allSatisfy(row -> assertThat(row.suppressed()).contains(Suppression.EXPIRED));
    assertThat(rows(atOnce, false))
        .allSatisfy(row -> assertThat(row.suppressed()).isEmpty())
        .allSatisfy(row -> assertThat(row.due()).isEqualTo(START));
  }

  private static List<Recipient> rows(DueTimes due, boolean expired) {
    return DueRows.of(
        "ntc_1",
        List.of(
            new Addressed("dev_1", Optional.empty(), BERLIN, START),
            new Addressed("dev_2", Optional.of("dev_3"), NOWHERE, START)),
        due,
        START,
        expired);
  }
}
