package io.towncrier.delivery.sending;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Walks every order in which the steps of a model can happen. What can follow a state depends on
 * the state alone, so each is walked once and its interleavings are counted, not listed.
 */
final class Interleavings<S> {
  private final Model<S> model;
  private final Map<S, Count> known = new HashMap<>();

  private Interleavings(Model<S> model) {
    this.model = model;
  }

  /** The model must have no circle: every step uses something up. */
  static <S> Result of(Model<S> model) {
    Interleavings<S> walk = new Interleavings<>(model);
    Count count = walk.from(model.initial());
    return new Result(count, walk.known.size());
  }

  private Count from(S state) {
    Count before = known.get(state);
    if (before != null) {
      return before;
    }
    List<Step<S>> steps = model.steps(state);
    Count count = steps.isEmpty() ? Count.end(model.isComplete(state)) : Count.NONE;
    for (Step<S> step : steps) {
      Count rest = from(step.next());
      count = count.plus(step.breaksThePromise() ? rest.allViolating() : rest);
    }
    known.put(state, count);
    return count;
  }

  /** What can happen. */
  interface Model<S> {
    S initial();

    /** Every step that may come next, of whomever. */
    List<Step<S>> steps(S state);

    /** Whether nobody waits for anything, asked where no step is left. */
    boolean isComplete(S state);
  }

  /** One step of one of them. */
  record Step<S>(S next, boolean breaksThePromise) {
    static <S> Step<S> to(S next) {
      return new Step<>(next, false);
    }
  }

  /** Interleavings from a state to the end. */
  record Count(BigInteger all, BigInteger violating, BigInteger deadlocked) {
    static final Count NONE = new Count(BigInteger.ZERO, BigInteger.ZERO, BigInteger.ZERO);

    static Count end(boolean complete) {
      return new Count(
          BigInteger.ONE, BigInteger.ZERO, complete ? BigInteger.ZERO : BigInteger.ONE);
    }

    Count plus(Count other) {
      return new Count(
          all.add(other.all), violating.add(other.violating), deadlocked.add(other.deadlocked));
    }

    Count allViolating() {
      return new Count(all, all, deadlocked);
    }
  }

  /**
   * What was found.
   *
   * @param states different ones that were reached
   */
  record Result(Count count, int states) {
    /** Of all interleavings, between 0 and 1. */
    double violatingShare() {
      return count.violating().doubleValue() / count.all().doubleValue();
    }
  }
}
