package io.towncrier.outcomes.state;

import java.util.ArrayList;
import java.util.List;

/** Tables with a fault that a test must catch. */
public final class BrokenTables {
  private BrokenTables() {}

  public static TransitionTable confirmedMayFail() {
    return with(OutcomeState.CONFIRMED, OutcomeEvent.INSTALL_FAILED, "failed");
  }

  public static TransitionTable successConfirms() {
    return with(OutcomeState.INSTALLING, OutcomeEvent.INSTALLED, "confirmed");
  }

  private static TransitionTable with(OutcomeState state, OutcomeEvent event, String cell) {
    List<String> lines = TransitionTable.lines("transitions.tsv");
    int column = TransitionTable.cells(lines.get(0)).indexOf(event.code());
    List<String> broken = new ArrayList<>();
    for (String line : lines) {
      List<String> cells = new ArrayList<>(TransitionTable.cells(line));
      if (cells.get(0).equals(state.code())) {
        cells.set(column, cell);
      }
      broken.add(String.join("\t", cells));
    }
    return TransitionTable.of(broken);
  }
}
