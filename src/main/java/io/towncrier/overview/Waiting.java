package io.towncrier.overview;

import java.time.Instant;
import java.util.Set;

/**
 * Something that an operator began and that nobody is reached by yet.
 *
 * @param title what it says, for people
 * @param writers subjects of all who wrote at it
 */
public record Waiting(
    What what, String id, String title, State state, Set<String> writers, Instant since) {
  public Waiting {
    writers = Set.copyOf(writers);
  }

  /** What it is. */
  public enum What {
    NOTICE,
    RELEASE
  }

  /** How far it is. */
  public enum State {
    DRAFT,
    APPROVED
  }

  /** What is to be done with it next. */
  public enum Next {
    APPROVE,
    START,
    PUBLISH
  }

  /** What is to be done next, when approvals of its kind are as given. */
  public Next next(boolean approvals) {
    if (what == What.RELEASE) {
      return Next.PUBLISH;
    }
    return approvals && state == State.DRAFT ? Next.APPROVE : Next.START;
  }

  /** Whether this operator may do it. */
  public boolean isFor(String operator, boolean approvals) {
    boolean byAnother = approvals && state == State.DRAFT;
    return !byAnother || !writers.contains(operator);
  }
}
