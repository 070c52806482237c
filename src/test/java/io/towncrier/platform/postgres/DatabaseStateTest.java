package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.towncrier.platform.database.DatabaseUnavailable.Why;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseStateTest {
  private static final Instant NOW = Instant.parse("2026-12-01T10:00:00Z");

  private final DatabaseState state = new DatabaseState(() -> NOW);

  @Test
  void aFaultOfTheDatabaseIsToldAtOnceAndThenInASum() {
    assertThat(told(Why.AWAY, 0)).contains(0);
    for (int i = 0; i < 500; i++) {
      assertThat(told(Why.AWAY, 14)).isEmpty();
    }
    assertThat(told(Why.LOCKED, 14)).as("another kind").contains(0);
    assertThat(told(Why.AWAY, 15)).contains(500);
    assertThat(told(Why.AWAY, 16)).isEmpty();
    assertThat(told(Why.AWAY, 40)).contains(1);
  }

  @Test
  void aClockThatIsSetBackSilencesNothing() {
    told(Why.AWAY, 3_600);
    assertThat(told(Why.AWAY, 0)).contains(0);
  }

  @Test
  void noRoomIsTroubleForAMoment() {
    assertThat(state.trouble()).isEmpty();
    state.failed(Why.AWAY);
    assertThat(state.trouble()).isEmpty();
    state.failed(Why.FULL);
    assertThat(state.trouble()).contains(Why.FULL);
  }

  private Optional<Integer> told(Why why, long seconds) {
    return state.countedForLog(why, NOW.plus(Duration.ofSeconds(seconds)));
  }
}
