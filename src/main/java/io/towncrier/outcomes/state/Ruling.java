package io.towncrier.outcomes.state;

/** What the table says of an event in a state. */
public sealed interface Ruling {
  /** Another state follows. */
  record Moves(OutcomeState to) implements Ruling {}

  /** It is so already. */
  record Same() implements Ruling {}

  /** Refused: something later is known. */
  record Late() implements Ruling {}

  /** Refused: the opposite was said. It is kept as evidence. */
  record Contradicts() implements Ruling {}
}
