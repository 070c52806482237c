package io.towncrier.outcomes;

import io.towncrier.outcomes.state.TransitionTable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A million orders; started by bench/outcomes. */
@Tag("bench")
class RandomReportsBench {
  private static final int ORDERS = 1_000_000;

  @Test
  void aMillionOrdersOfReports() {
    for (long seed = 0; seed < ORDERS; seed++) {
      new RandomOrders(seed, TransitionTable.COMMITTED).run(20);
    }
    System.out.println(ORDERS + " orders of 20 events: no illegal state");
  }
}
