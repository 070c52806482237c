package io.towncrier.releases.targeting;

import java.util.List;

/**
 * Optional facts that were given and could not be read: each counts as not given (docs/adr/0022).
 *
 * @param bits one for each fact, by its place in {@link Fact#ALL}
 */
public record Ignored(int bits) {
  /** What nearly every client has: a check that ignores nothing allocates nothing for it. */
  public static final Ignored NONE = new Ignored(0);

  /** The same, and this fact. */
  public Ignored and(Fact fact) {
    return has(fact) ? this : new Ignored(bits | fact.bit());
  }

  /** The same, and those of another. */
  public Ignored and(Ignored other) {
    return (bits | other.bits) == bits ? this : new Ignored(bits | other.bits);
  }

  public boolean has(Fact fact) {
    return (bits & fact.bit()) != 0;
  }

  /** Those of a set. */
  public Ignored among(FactSet facts) {
    return (bits & facts.bits()) == bits ? this : new Ignored(bits & facts.bits());
  }

  public boolean isEmpty() {
    return bits == 0;
  }

  /** In the order of the facts. */
  public List<Fact> facts() {
    return Fact.ALL.stream().filter(this::has).toList();
  }

  /** As answers name them, in the order of the facts. */
  public List<String> codes() {
    return FactSet.of(bits).codes();
  }
}
