package io.towncrier.outcomes.state;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * State and event to what follows. {@code transitions.tsv} is the one place where that is written;
 * the guide shows the same file.
 */
public final class TransitionTable {
  /** The committed file. */
  public static final TransitionTable COMMITTED = of(lines("transitions.tsv"));

  private final Map<OutcomeState, Map<OutcomeEvent, Ruling>> rulings;

  private TransitionTable(Map<OutcomeState, Map<OutcomeEvent, Ruling>> rulings) {
    this.rulings = rulings;
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException when a state, an event or a cell is missing or unknown
   */
  public static TransitionTable of(List<String> lines) {
    List<OutcomeEvent> events =
        cells(lines.get(0)).stream()
            .skip(1)
            .map(code -> OutcomeEvent.parse(code).orElseThrow(() -> unknown(code)))
            .toList();
    Map<OutcomeState, Map<OutcomeEvent, Ruling>> all = new EnumMap<>(OutcomeState.class);
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line);
      Map<OutcomeEvent, Ruling> row = new EnumMap<>(OutcomeEvent.class);
      for (int i = 0; i < events.size(); i++) {
        row.put(events.get(i), ruling(cells.get(i + 1)));
      }
      if (row.size() < OutcomeEvent.values().length) {
        throw new IllegalArgumentException("events are missing in: " + line);
      }
      all.put(state(cells.get(0)), row);
    }
    if (all.size() < OutcomeState.values().length) {
      throw new IllegalArgumentException("states are missing, only " + all.keySet());
    }
    return new TransitionTable(all);
  }

  /** What follows. */
  public Ruling ruling(OutcomeState state, OutcomeEvent event) {
    return Objects.requireNonNull(Objects.requireNonNull(rulings.get(state)).get(event));
  }

  private static Ruling ruling(String cell) {
    return switch (cell) {
      case "same" -> new Ruling.Same();
      case "late" -> new Ruling.Late();
      case "contradicts" -> new Ruling.Contradicts();
      default -> new Ruling.Moves(state(cell));
    };
  }

  private static OutcomeState state(String code) {
    return OutcomeState.parse(code).orElseThrow(() -> unknown(code));
  }

  private static IllegalArgumentException unknown(String code) {
    return new IllegalArgumentException("the table of transitions has an unknown word: " + code);
  }

  static List<String> cells(String line) {
    return List.of(line.split("\t", -1));
  }

  /** Those of a committed file that are no comment. */
  static List<String> lines(String file) {
    try (InputStream in = TransitionTable.class.getResourceAsStream(file);
        BufferedReader text =
            new BufferedReader(
                new InputStreamReader(Objects.requireNonNull(in), StandardCharsets.UTF_8))) {
      List<String> lines = new ArrayList<>();
      for (String line = text.readLine(); line != null; line = text.readLine()) {
        if (!line.startsWith("#")) {
          lines.add(line);
        }
      }
      return lines;
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
