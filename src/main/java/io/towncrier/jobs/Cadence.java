package io.towncrier.jobs;

/** How often a plain server runs a job. A tick in Lambda runs each job, once a minute. */
public enum Cadence {
  /** {@code towncrier.server.mark-every}. */
  MARK,
  /** {@code towncrier.server.notices-every}. */
  NOTICES,
  /** {@code towncrier.server.announce-every}. */
  ROLLOUTS,
  /** {@code towncrier.server.fold-every}. */
  FOLD,
  /** {@code towncrier.server.tidy-every}. */
  TIDY,
  /** {@code towncrier.server.reports-every}. */
  REPORTS,
  /** {@code towncrier.server.artifacts-every}. */
  ARTIFACTS,
  /** {@code towncrier.server.events-every}. */
  EVENTS,
  /** {@code towncrier.server.recalls-every}. */
  RECALLS,
  /** At the start of a process, and again until it has succeeded. */
  ONCE,
  /** In Lambda alone: the server has a timer of its own for this, which knows more. */
  TICK_ONLY
}
