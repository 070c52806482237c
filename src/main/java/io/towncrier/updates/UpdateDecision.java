package io.towncrier.updates;

import io.towncrier.releases.Release;
import io.towncrier.releases.targeting.Refusal;

/** What a client is told. */
public sealed interface UpdateDecision {
  /** There is something newer for it. */
  record Offer(Release release) implements UpdateDecision {}

  /** There is nothing newer. */
  record UpToDate() implements UpdateDecision {}

  /** There is something newer, but not for this client. */
  record HeldBack(Refusal reason) implements UpdateDecision {}

  /** There is nothing newer, and nothing will come any more. */
  record Unsupported() implements UpdateDecision {}
}
