package io.towncrier.outcomes.state;

/** What follows from what happened. */
public sealed interface Step {
  /** The attempt is another one now, and has to be kept. */
  record Changed(Attempt after) implements Step {}

  /** Nothing is new. */
  record Unchanged() implements Step {}

  /** Refused; something later is known. */
  record Late() implements Step {}

  /** Refused, since the opposite was said; the attempt with the evidence. */
  record Contradicting(Attempt after) implements Step {}
}
