package io.towncrier.delivery.pacing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PruneFuseTest {
  private static final Instant START = Instant.parse("2026-11-25T10:02:00Z");

  @Test
  void upToTwoInAHundredArePruned() {
    PruneFuse fuse = PruneFuse.NEW;
    for (int i = 0; i < 50; i++) {
      fuse = fuse.counted(START.plusSeconds(i), 100, 2);
      assertThat(fuse.mayPrune(START.plusSeconds(i))).isTrue();
    }
  }

  @Test
  void moreWithinAMinuteBlowItForTenMinutes() {
    PruneFuse fuse = PruneFuse.NEW.counted(START, 1000, 15).counted(START.plusSeconds(9), 100, 8);
    assertThat(fuse.mayPrune(START.plusSeconds(9))).isFalse();
    assertThat(fuse.mayPrune(START.plusSeconds(9 + 599))).isFalse();
    assertThat(fuse.mayPrune(START.plusSeconds(9 + 600))).isTrue();
  }

  @Test
  void aFewUnknownAddressesAmongFewPushesAreNoSign() {
    assertThat(PruneFuse.NEW.counted(START, 9, 9).mayPrune(START)).isTrue();
    assertThat(PruneFuse.NEW.counted(START, 10, 10).mayPrune(START)).isFalse();
  }

  @Test
  void theNextMinuteIsCountedAnew() {
    PruneFuse fuse = PruneFuse.NEW.counted(START, 100, 9).counted(START.plusSeconds(60), 100, 9);
    assertThat(fuse.mayPrune(START.plusSeconds(60))).isTrue();
  }
}
