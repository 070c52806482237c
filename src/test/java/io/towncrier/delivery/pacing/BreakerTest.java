package io.towncrier.delivery.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.delivery.pacing.Breaker.State;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class BreakerTest {
  private static final Instant START = Instant.parse("2026-11-25T10:02:00Z");

  @Test
  void oneRefusalOpensItAndTheNextTwiceAsLong() {
    Breaker once = Breaker.CLOSED.refused(START, "UNAUTHENTICATED");
    assertThat(once.state(START.plusSeconds(59))).isEqualTo(State.OPEN);
    assertThat(once.because()).contains("UNAUTHENTICATED");
    Instant probe = START.plusSeconds(60);
    assertThat(once.state(probe)).isEqualTo(State.PROBING);
    Breaker twice = once.refused(probe, "UNAUTHENTICATED");
    assertThat(twice.state(probe.plusSeconds(119))).isEqualTo(State.OPEN);
    assertThat(twice.state(probe.plusSeconds(120))).isEqualTo(State.PROBING);
  }

  @Test
  void refusalsOfTheSameMomentCountOnce() {
    Breaker breaker = Breaker.CLOSED;
    for (int i = 0; i < 500; i++) {
      breaker = breaker.refused(START.plusMillis(i), "UNAUTHENTICATED");
    }
    assertThat(breaker.failures()).isEqualTo(1);
  }

  @Test
  void anAnswerToTheProbeClosesIt() {
    Breaker open = Breaker.CLOSED.refused(START, "UNAUTHENTICATED");
    Breaker closed = open.counted(START.plusSeconds(61), 1, 0, "");
    assertThat(closed.state(START.plusSeconds(61))).isEqualTo(State.CLOSED);
    assertThat(closed.because()).isEmpty();
  }

  @Test
  void oneIsTriedAtATime() {
    Instant probe = START.plusSeconds(60);
    Breaker tried = Breaker.CLOSED.refused(START, "UNAUTHENTICATED").probing(probe);
    assertThat(tried.state(probe.plusSeconds(14))).isEqualTo(State.OPEN);
    assertThat(tried.state(probe.plusSeconds(15))).isEqualTo(State.PROBING);
    assertThat(tried.counted(probe.plusSeconds(1), 1, 0, "").state(probe.plusSeconds(1)))
        .isEqualTo(State.CLOSED);
    Breaker again = tried.refused(probe.plusSeconds(1), "UNAUTHENTICATED");
    assertThat(again.state(probe.plusSeconds(1 + 119))).isEqualTo(State.OPEN);
    assertThat(again.probed()).isFalse();
  }

  @Test
  void answersToWhatWasUnderWayDoNotCloseIt() {
    Breaker open = Breaker.CLOSED.refused(START, "UNAUTHENTICATED");
    assertThat(open.counted(START.plusSeconds(1), 100, 0, "").state(START.plusSeconds(1)))
        .isEqualTo(State.OPEN);
  }

  @Test
  void aProbeWithoutAnAnswerKeepsItOpen() {
    Instant probe = START.plusSeconds(60);
    Breaker again =
        Breaker.CLOSED.refused(START, "UNAUTHENTICATED").counted(probe, 0, 1, "UNREACHABLE");
    assertThat(again.state(probe.plusSeconds(1))).isEqualTo(State.OPEN);
  }

  @Test
  void silenceToMostPushesOpensItAndToAFewDoesNot() {
    assertThat(Breaker.CLOSED.counted(START, 100, 50, "UNAVAILABLE").state(START))
        .isEqualTo(State.CLOSED);
    assertThat(Breaker.CLOSED.counted(START, 3, 15, "UNAVAILABLE").state(START))
        .isEqualTo(State.CLOSED);
    Breaker open = Breaker.CLOSED.counted(START, 10, 60, "UNAVAILABLE");
    assertThat(open.state(START.plusSeconds(4))).isEqualTo(State.OPEN);
    assertThat(open.state(START.plusSeconds(5))).isEqualTo(State.PROBING);
  }

  @Test
  void silenceOfLongAgoIsForgotten() {
    Breaker before = Breaker.CLOSED.counted(START, 0, 19, "UNAVAILABLE");
    assertThat(before.counted(START.plusSeconds(10), 0, 19, "UNAVAILABLE").state(START))
        .isEqualTo(State.CLOSED);
    assertThat(before.counted(START.plusSeconds(9), 0, 1, "UNAVAILABLE").failures()).isEqualTo(1);
  }

  @Test
  void itNeverStaysOpenForMoreThanAQuarterOfAnHour() {
    Breaker breaker = Breaker.CLOSED;
    Instant now = START;
    for (int i = 0; i < 100; i++) {
      breaker = breaker.refused(now, "UNAUTHENTICATED");
      assertThat(breaker.openUntil()).isBeforeOrEqualTo(now.plusSeconds(15 * 60));
      now = breaker.openUntil();
    }
  }
}
