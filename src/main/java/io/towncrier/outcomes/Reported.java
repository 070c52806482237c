package io.towncrier.outcomes;

import io.towncrier.outcomes.state.Attempt;

/** What became of a report. */
public sealed interface Reported {
  /** It is kept, and counts. */
  record Recorded(Attempt attempt) implements Reported {}

  /** It was known already; nothing has changed. */
  record Repeated(Attempt attempt) implements Reported {}

  /** The opposite was said before: 409. Both are kept. */
  record Contradicting(Attempt attempt) implements Reported {}

  /** Something later is known: it came out of order, and changes nothing. */
  record Late(Attempt attempt) implements Reported {}

  /** The device's product has no such release. */
  record UnknownRelease() implements Reported {}

  /** There is no such device. */
  record UnknownDevice() implements Reported {}
}
