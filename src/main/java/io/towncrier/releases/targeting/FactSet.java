package io.towncrier.releases.targeting;

import java.util.Arrays;
import java.util.List;

/**
 * Some of the facts. There are few sets, and each is made once: a check allocates nothing for one.
 */
public final class FactSet {
  private static final FactSet[] SETS = new FactSet[1 << Fact.ALL.size()];

  static {
    Arrays.setAll(SETS, FactSet::new);
  }

  /** No fact. */
  public static final FactSet NONE = SETS[0];

  /** Every fact. */
  public static final FactSet ALL = SETS[SETS.length - 1];

  private final int bits;
  private final List<String> codes;

  private FactSet(int bits) {
    this.bits = bits;
    this.codes = Fact.ALL.stream().filter(this::has).map(Fact::code).toList();
  }

  /** Of one bit for each fact, by its place in {@link Fact#ALL}. */
  public static FactSet of(int bits) {
    return SETS[bits];
  }

  public static FactSet of(Fact... facts) {
    return of(Arrays.stream(facts).mapToInt(Fact::bit).reduce(0, (some, bit) -> some | bit));
  }

  public boolean has(Fact fact) {
    return (bits & fact.bit()) != 0;
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** What is in this set, in the other, or in both. */
  public FactSet or(FactSet other) {
    return of(bits | other.bits);
  }

  /** What is in both sets. */
  public FactSet and(FactSet other) {
    return of(bits & other.bits);
  }

  /** What is in this set and not in the other. */
  public FactSet without(FactSet other) {
    return of(bits & ~other.bits);
  }

  /** One bit for each fact, by its place in {@link Fact#ALL}. */
  public int bits() {
    return bits;
  }

  /** As answers name them, in the order of the facts. */
  public List<String> codes() {
    return codes;
  }

  @Override
  public String toString() {
    return codes.toString();
  }
}
