package io.towncrier.updates.decision;

import io.towncrier.releases.targeting.Refusal;
import io.towncrier.releases.targeting.TargetingRule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * The targeting rules of one product's releases as numbers: a row each, those of a release beside
 * each other, the newest release's first. A decision reads them in this order, where an object for
 * each rule may be a wait for memory.
 *
 * <p>Rules of one kind differ in nothing but the installed versions that they are for and in what
 * they give. What a kind looks at is asked once a decision ({@link Question#refusal}).
 */
final class RuleTable {
  // Of a row: the positions of installed versions that the rule is for, from the first to the last.
  private static final int FIRST = 0;
  private static final int LAST = 1;
  private static final int KIND = 2;
  // Twice the priority, and one more when the rule permits a downgrade.
  private static final int GIVES = 3;
  private static final int WIDTH = 4;

  private static final Optional<Refusal> VERSION_NOT_SERVED =
      Optional.of(Refusal.VERSION_NOT_SERVED);

  private final int[] numbers;
  private final TargetingRule[] kinds;

  private RuleTable(int[] numbers, TargetingRule[] kinds) {
    this.numbers = numbers;
    this.kinds = kinds;
  }

  int kindCount() {
    return kinds.length;
  }

  /** A rule of this kind; only what it looks at counts. */
  TargetingRule kind(int number) {
    return kinds[number];
  }

  /** The first of these rows that means the client. */
  Match match(int from, int end, Question question) {
    for (int row = from; row < end; row++) {
      if (servesInstalled(row, question) && question.refusal(kindOf(row)).isEmpty()) {
        return Match.Matched.of(priority(row), downgrade(row));
      }
    }
    return from == end
        ? Match.Matched.EVERYBODY
        : new Match.Unmatched(priority(from), refusal(from, question));
  }

  /** Why the rule of a row does not mean the client. */
  Optional<Refusal> refusal(int row, Question question) {
    return servesInstalled(row, question) ? question.refusal(kindOf(row)) : VERSION_NOT_SERVED;
  }

  /** The rules of these rows that are for the installed version. */
  List<Serving> serving(int from, int end, Question question) {
    return IntStream.range(from, end)
        .filter(row -> servesInstalled(row, question))
        .mapToObj(row -> new Serving(kinds[kindOf(row)], downgrade(row)))
        .toList();
  }

  /**
   * A rule that is for the installed version.
   *
   * @param kind what else it looks at
   * @param downgrade whether it permits one
   */
  record Serving(TargetingRule kind, boolean downgrade) {}

  private boolean servesInstalled(int row, Question question) {
    return numbers[row * WIDTH + FIRST] <= question.installed()
        && question.installed() <= numbers[row * WIDTH + LAST];
  }

  private int kindOf(int row) {
    return numbers[row * WIDTH + KIND];
  }

  private int priority(int row) {
    return numbers[row * WIDTH + GIVES] >> 1;
  }

  private boolean downgrade(int row) {
    return (numbers[row * WIDTH + GIVES] & 1) != 0;
  }

  /**
   * Rows of one release.
   *
   * @param first of them
   * @param end behind the last
   * @param priority the highest that one gives
   * @param downgrades whether one permits a downgrade
   */
  record Rows(int first, int end, int priority, boolean downgrades) {}

  /** Collects rows, release after release. Not for several threads. */
  static final class Builder {
    private final List<TargetingRule> kinds;
    private final Map<TargetingRule, Integer> known = new HashMap<>();
    private final UnaryOperator<TargetingRule> shared;
    private int[] numbers = new int[64];
    private int rows;

    /**
     * With kinds of its own.
     *
     * @param shared gives what equals a kind and is held already, for another product
     */
    Builder(UnaryOperator<TargetingRule> shared) {
      this.shared = shared;
      this.kinds = new ArrayList<>();
    }

    /** With the kinds of another table. */
    Builder(RuleTable other) {
      this.shared = UnaryOperator.identity();
      this.kinds = new ArrayList<>(Arrays.asList(other.kinds));
    }

    /**
     * Adds the rules of a release.
     *
     * @param rules in the order in which they are tried
     * @param installed of each of them, the positions of versions that it is for
     */
    Rows add(List<TargetingRule> rules, List<Positions.Span> installed) {
      int first = rows;
      for (int i = 0; i < rules.size(); i++) {
        TargetingRule rule = rules.get(i);
        add(
            installed.get(i).first(),
            installed.get(i).last(),
            known.computeIfAbsent(kindOf(rule), this::newKind),
            2 * rule.priority() + (rule.downgrade() ? 1 : 0));
      }
      return since(first);
    }

    /** Adds the rows of another table whose kinds this one has, as far as their kind is wanted. */
    Rows add(RuleTable other, int from, int end, IntPredicate wanted) {
      int first = rows;
      for (int row = from; row < end; row++) {
        if (wanted.test(other.kindOf(row))) {
          add(Arrays.copyOfRange(other.numbers, row * WIDTH, (row + 1) * WIDTH));
        }
      }
      return since(first);
    }

    private void add(int... row) {
      if ((rows + 1) * WIDTH > numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      System.arraycopy(row, 0, numbers, rows * WIDTH, WIDTH);
      rows++;
    }

    /** Rules stand by priority, the highest first. */
    private Rows since(int first) {
      boolean downgrades = false;
      for (int row = first; row < rows; row++) {
        downgrades |= (numbers[row * WIDTH + GIVES] & 1) != 0;
      }
      return new Rows(
          first, rows, first == rows ? 0 : numbers[first * WIDTH + GIVES] >> 1, downgrades);
    }

    private int newKind(TargetingRule kind) {
      kinds.add(shared.apply(kind));
      return kinds.size() - 1;
    }

    RuleTable build() {
      return new RuleTable(
          Arrays.copyOf(numbers, rows * WIDTH), kinds.toArray(new TargetingRule[0]));
    }

    /** What is looked at beside the installed version. */
    private static TargetingRule kindOf(TargetingRule rule) {
      return new TargetingRule(
          "",
          0,
          rule.channel(),
          rule.countries(),
          rule.languages(),
          rule.hardware(),
          Optional.empty(),
          rule.only(),
          rule.except(),
          false);
    }
  }
}
