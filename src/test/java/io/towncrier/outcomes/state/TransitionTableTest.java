package io.towncrier.outcomes.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The table is whole, and it is the one that people read. */
@Tag("zoneless")
class TransitionTableTest {
  @Test
  void everyStateAnswersEveryEvent() {
    for (OutcomeState state : OutcomeState.values()) {
      for (OutcomeEvent event : OutcomeEvent.values()) {
        assertThat(TransitionTable.COMMITTED.ruling(state, event)).isNotNull();
      }
    }
  }

  @Test
  void aTableThatForgetsSomethingIsRefused() {
    List<String> lines = TransitionTable.lines("transitions.tsv");
    assertThatThrownBy(() -> TransitionTable.of(lines.subList(0, lines.size() - 1)))
        .hasMessageContaining("states are missing");
    List<String> misspelt = new ArrayList<>(lines);
    misspelt.replaceAll(line -> line.replace("\tconfirmed", "\tconfrmed"));
    assertThatThrownBy(() -> TransitionTable.of(misspelt)).hasMessageContaining("confrmed");
  }

  @Test
  void aContradictionChangesTheStateOnlyToRolledBack() {
    for (OutcomeState end : List.of(OutcomeState.CONFIRMED, OutcomeState.UNCONFIRMED)) {
      for (OutcomeEvent event : OutcomeEvent.values()) {
        if (TransitionTable.COMMITTED.ruling(end, event) instanceof Ruling.Moves moves) {
          assertThat(moves.to()).isIn(OutcomeState.ROLLED_BACK, OutcomeState.CONFIRMED);
        }
      }
    }
  }

  @Test
  void theGuideShowsTheVeryTable() throws IOException {
    assertThat(Files.readString(Path.of("docs/outcomes.md"))).contains(guide());
  }

  /** A section a state: what follows, and by which events. */
  private static String guide() {
    StringBuilder text = new StringBuilder();
    for (OutcomeState state : OutcomeState.values()) {
      text.append("- **").append(state.code()).append("**");
      for (OutcomeState to : OutcomeState.values()) {
        List<String> events = new ArrayList<>();
        for (OutcomeEvent event : OutcomeEvent.values()) {
          if (TransitionTable.COMMITTED.ruling(state, event).equals(new Ruling.Moves(to))) {
            events.add(event.code());
          }
        }
        if (!events.isEmpty()) {
          text.append("\n  - to ").append(to.code()).append(": ").append(String.join(", ", events));
        }
      }
      text.append('\n');
    }
    return text.toString();
  }
}
