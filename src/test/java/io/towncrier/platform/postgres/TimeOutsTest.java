package io.towncrier.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class TimeOutsTest {
  private static final String IDLE = "idle_in_transaction_session_timeout";
  private static final String LOCK = "lock_timeout";

  @Test
  void whatIsInForceAndShortEnoughIsNoDefect() {
    assertThat(defects(shown(IDLE, 5_000, true), shown(LOCK, 4_000, true))).isEmpty();
    assertThat(defects(shown(IDLE, 1, false), shown(LOCK, 250, false))).isEmpty();
  }

  @Test
  void whatIsMissingOrTooLongIsNamedWithItsValue() {
    assertThat(defects(shown(IDLE, 0, false), shown(LOCK, 4_001, false)))
        .hasSize(2)
        .anyMatch(d -> d.startsWith(IDLE + " is 0 ms") && d.contains("= '5000ms'"))
        .anyMatch(d -> d.startsWith(LOCK + " is 4001 ms") && d.contains("= '4000ms'"));
  }

  @Test
  void aConnectionThatAPoolerOpenedBeforeIsNoDefectOfTheRole() {
    assertThat(defects(shown(IDLE, 0, true), shown(LOCK, 0, true))).isEmpty();
  }

  private static List<String> defects(TimeOuts.Shown... all) {
    return TimeOuts.defects(List.of(all));
  }

  private static TimeOuts.Shown shown(String name, long millis, boolean ofRole) {
    return new TimeOuts.Shown(name, millis, ofRole);
  }
}
