package io.towncrier.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HaltTest {
  private static final Instant NOON = Instant.parse("2026-05-01T12:00:00Z");
  private static final Instant LATER = NOON.plusSeconds(3600);

  @Test
  void aHaltThatExceptsSecurityStopsTheRestAlone() {
    Halt halt = Halt.NONE.halted(true, NOON);

    assertThat(halt.exceptsSecurity()).isTrue();
    assertThat(halt.stops(false, NOON)).isTrue();
    assertThat(halt.stops(true, LATER)).isFalse();
    assertThat(halt.stops(false, NOON.minusNanos(1))).as("of the time before").isFalse();
  }

  @Test
  void aLaterHaltAddsAndMovesNothing() {
    Halt all = Halt.NONE.halted(true, NOON).halted(false, LATER);

    assertThat(all.since(false)).contains(NOON);
    assertThat(all.since(true)).contains(LATER);
    assertThat(all.halted(true, LATER.plusSeconds(1))).isEqualTo(all);
    assertThat(all.exceptsSecurity()).isFalse();
  }

  @Test
  void securityIsNeverHaltedAlone() {
    assertThatThrownBy(() -> new Halt(Optional.empty(), Optional.of(NOON)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Halt.NONE.isOn()).isFalse();
    assertThat(Halt.NONE.exceptsSecurity()).isFalse();
  }
}
