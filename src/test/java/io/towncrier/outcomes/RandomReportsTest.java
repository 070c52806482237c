package io.towncrier.outcomes;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.towncrier.outcomes.state.BrokenTables;
import io.towncrier.outcomes.state.TransitionTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Reports in any order, with repeats and losses: no illegal state, no device in two. */
@Tag("zoneless")
class RandomReportsTest {
  private static final int ORDERS = 20_000;

  @Test
  void noOrderOfReportsLeadsToAnIllegalState() {
    for (long seed = 0; seed < ORDERS; seed++) {
      new RandomOrders(seed, TransitionTable.COMMITTED).run(20);
    }
  }

  @Test
  void aTableThatLetsAConfirmedUpdateFailIsCaught() {
    assertThatThrownBy(() -> all(BrokenTables.confirmedMayFail()))
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void aTableThatConfirmsByTheReportAloneIsCaught() {
    assertThatThrownBy(() -> all(BrokenTables.successConfirms())).isInstanceOf(Exception.class);
  }

  private static void all(TransitionTable table) {
    for (long seed = 0; seed < 2_000; seed++) {
      new RandomOrders(seed, table).run(20);
    }
  }
}
