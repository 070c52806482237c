package io.towncrier.notices.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PacedTimesTest {
  private static final Instant NOW = Instant.parse("2026-05-04T08:00:00Z");

  @Test
  void eachIsAStepBehindAnother() {
    PacedTimes times = new PacedTimes(NOW, Duration.ofSeconds(2), Map.of());
    for (int i = 0; i < 100; i++) {
      assertThat(times.next(NOW)).isEqualTo(NOW.plusSeconds(2L * i));
    }
  }

  @Test
  void whoHasToWaitLeavesRoomToTheOthers() {
    PacedTimes times = new PacedTimes(NOW, Duration.ofSeconds(2), Map.of());
    Instant morning = NOW.plus(Duration.ofHours(10)).plusSeconds(7);
    List<Instant> due = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Instant late = times.next(morning);
      assertThat(late).isAfterOrEqualTo(morning);
      due.add(late);
      due.add(times.next(NOW));
    }
    assertThat(due).doesNotHaveDuplicates();
    assertThat(due.stream().filter(d -> d.isBefore(NOW.plusSeconds(100)))).hasSize(50);
  }

  @Test
  void whatIsTakenAlreadyCounts() {
    PacedTimes times = new PacedTimes(NOW, Duration.ofSeconds(2), Map.of(0L, 30L, 1L, 29L));
    assertThat(times.next(NOW)).isEqualTo(NOW.plusSeconds(60 + 29 * 2));
    assertThat(times.next(NOW)).isEqualTo(NOW.plusSeconds(120));
  }

  @Test
  void aStepMayBeLongerThanAMinuteOrNothing() {
    PacedTimes slow = new PacedTimes(NOW, Duration.ofMinutes(3), Map.of());
    slow.next(NOW);
    assertThat(slow.next(NOW)).isEqualTo(NOW.plus(Duration.ofMinutes(3)));
    PacedTimes fast = new PacedTimes(NOW, Duration.ZERO, Map.of());
    fast.next(NOW);
    assertThat(fast.next(NOW)).isEqualTo(NOW);
  }
}
