package io.towncrier.platform;

/**
 * Carries a problem to the HTTP edge: only for input that is refused, never for expected outcomes.
 */
public final class ProblemException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Problem problem;

  ProblemException(Problem problem) {
    // No stack trace: a stranger decides how often this is made.
    super(problem.code() + ": " + problem.detail(), null, false, false);
    this.problem = problem;
  }

  public Problem problem() {
    return problem;
  }
}
