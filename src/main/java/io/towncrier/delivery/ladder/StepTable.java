package io.towncrier.delivery.ladder;

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
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Rung and step to what follows, and who may say a step. {@code steps.tsv} is the one place where
 * that is written.
 */
public final class StepTable {
  /** The committed file. */
  public static final StepTable COMMITTED = of(lines());

  private static final String SAID_BY = "said-by";

  private final Map<PushStep, Set<StepSource>> saidBy;
  private final Map<Rung, Map<PushStep, Ruling>> rulings;

  private StepTable(
      Map<PushStep, Set<StepSource>> saidBy, Map<Rung, Map<PushStep, Ruling>> rulings) {
    this.saidBy = saidBy;
    this.rulings = rulings;
  }

  /**
   * Reads a table.
   *
   * @throws IllegalArgumentException when a rung, a step or a cell is missing or unknown
   */
  static StepTable of(List<String> lines) {
    List<PushStep> steps =
        cells(lines.get(0)).skip(1).map(code -> known(PushStep.parse(code), code)).toList();
    Map<PushStep, Set<StepSource>> saidBy = new EnumMap<>(PushStep.class);
    Map<Rung, Map<PushStep, Ruling>> rulings = new EnumMap<>(Rung.class);
    for (String line : lines.subList(1, lines.size())) {
      List<String> cells = cells(line).toList();
      if (cells.size() != steps.size() + 1) {
        throw new IllegalArgumentException("steps are missing in: " + line);
      }
      if (cells.get(0).equals(SAID_BY)) {
        for (int i = 0; i < steps.size(); i++) {
          saidBy.put(steps.get(i), sources(cells.get(i + 1)));
        }
      } else {
        Rung rung = rung(cells.get(0));
        Map<PushStep, Ruling> row = new EnumMap<>(PushStep.class);
        for (int i = 0; i < steps.size(); i++) {
          row.put(steps.get(i), ruling(cells.get(i + 1)));
        }
        rulings.put(rung, row);
      }
    }
    if (Set.copyOf(steps).size() < PushStep.values().length
        || saidBy.isEmpty()
        || rulings.size() < Rung.values().length) {
      throw new IllegalArgumentException("rungs or steps are missing, only " + rulings.keySet());
    }
    return new StepTable(saidBy, rulings);
  }

  /** What follows. */
  public Ruling ruling(Rung rung, PushStep step) {
    return Objects.requireNonNull(Objects.requireNonNull(rulings.get(rung)).get(step));
  }

  public boolean maySay(StepSource source, PushStep step) {
    return Objects.requireNonNull(saidBy.get(step)).contains(source);
  }

  private static Ruling ruling(String cell) {
    return switch (cell) {
      case "same" -> new Ruling(Ruling.Kind.SAME, Optional.empty());
      case "late" -> new Ruling(Ruling.Kind.LATE, Optional.empty());
      case "not-yet" -> new Ruling(Ruling.Kind.NOT_YET, Optional.empty());
      case "noted" -> new Ruling(Ruling.Kind.NOTED, Optional.empty());
      default -> new Ruling(Ruling.Kind.MOVES, Optional.of(rung(cell)));
    };
  }

  private static Set<StepSource> sources(String cell) {
    return Stream.of(cell.split(","))
        .map(code -> known(StepSource.parse(code), code))
        .collect(Collectors.toUnmodifiableSet());
  }

  private static Rung rung(String code) {
    return known(Rung.parse(code), code);
  }

  private static <T> T known(Optional<T> found, String code) {
    return found.orElseThrow(
        () -> new IllegalArgumentException("the table of steps has an unknown word: " + code));
  }

  private static Stream<String> cells(String line) {
    return Stream.of(line.split("\t", -1));
  }

  /** Those of the committed file that are no comment. */
  static List<String> lines() {
    try (InputStream in = StepTable.class.getResourceAsStream("steps.tsv");
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

  /**
   * A cell of the table.
   *
   * @param to the rung that follows, of a step that moves
   */
  public record Ruling(Kind kind, Optional<Rung> to) {
    /** What a cell says. */
    public enum Kind {
      MOVES,
      SAME,
      LATE,
      NOT_YET,
      NOTED
    }
  }
}
