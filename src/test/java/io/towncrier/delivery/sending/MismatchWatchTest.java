package io.towncrier.delivery.sending;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MismatchWatchTest {
  private final MismatchWatch watch = new MismatchWatch();

  @Test
  void moreThanOneInAHundredIsAnAlarmUntilItIsFewerAgain() {
    watch.counted(300, 3);
    assertThat(watch.isAlarmed()).isFalse();
    watch.counted(300, 4);
    assertThat(watch.isAlarmed()).isTrue();
    watch.counted(200, 0);
    assertThat(watch.isAlarmed()).isFalse();
  }

  @Test
  void fewAnswersAreCountedTogether() {
    watch.counted(100, 3);
    assertThat(watch.isAlarmed()).isFalse();
    watch.counted(100, 0);
    assertThat(watch.isAlarmed()).isTrue();
  }
}
